"""Ordinary words that are also people's names: in a summary they name somebody only with a title or a whole name.

`will you mark this` names neither Will nor Mark, and 希望和平解决 does not name 和平.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = _words("""
    abbot able ace ages alder angel apple april archer art ash august autumn baker ball banks barber barn barrow bath
    bay bean bear beck bell bench berry best bill bird birth bishop black blossom blue bold bond book booth boss bow
    bowl boy bradford bread bridge bright brook brown buck bull burn bush butcher butler cage candy cane cannon
    carpenter carter case cash castle chance chase cherry child christian church clark clay clerk cliff close coach
    coal coin cole colt cook cooper cord corner cotton court coward cox crane crew crisp cross crow crystal curry
    curtain dale darling dawn day dean dear dew dial dock dolly dove down draper drew drive driver duke dust dyer earl
    early east eden elder ember ever fair faith fall farmer fast fern field finch fine fisher fix flint flood flower
    floyd fly foot ford forest forth fox frank free freedom french friday friend frost fry fuller gale game garden
    gardener garland garner gates gay gem gift gill ginger glass glover gold golden good grace graham grant grave gray green
    grey grove guest guy hail hale hall hand harbour hard hardy harmony hart harvest haven hawk hay haze hazel head
    heath heather hedges hill hobby hope horn house hunt hunter hurst ice iris irons ivory ivy jack jade james january
    jasmine jay jean jet jewel job jolly joy judge july june just justice kay keen keep key keys kid king kitchen
    knight lace lake lamb lance land lane large lark law lawn lawyer leaf leather left lily little lively london long lord
    love low luck luckey lucky lynch mace major manger mark market marsh marshal martin mason master masters matter
    may mead melody mercy merry mew mile miles mill miller mills mint miss mobbs monday money monk moody moon moor
    more moss mount nail nelson new nice night noble noon norm north nurse oak oaks olive page paige palmer parish
    park parker parsons pass patience pear pearl penny pepper perry pick pike pine pitt place plant play plumb point
    pole pool poor pope porter post potter pound power powers precious price pride priest prince prior proud purple
    quick rain ram randy ray read ready reason red reed reeve reign rice rich ridge ring river rivers roach road robin
    rock rode roman rood rook room root rose row royal ruby rule rush rye sadler sage sailor salt sand sandy savage
    school scott self sergeant seven shade shark sharp shepherd shield shore short show silver singer skinner sky
    slack small smart smiley snow song south spark speed spice spirit spring stable star starr steel sterling stern
    steward still stock stone storm street strong sue summer summers sun sunday sunny swan sweet swift tailor tanner
    teacher temple terry thorn tidy tiger time tiny today toms town trail tree trinity true trust tucker tuesday
    turner tutor twin usher vale van vast venture vicar victory violet virtue wade waite walker wall waller ward
    warden warm warren water waters wave way weaver webb wednesday weeks weir well wells west wheat wheeler whistler
    white wild wilder will willow winner winter winters wise wish wolf wonder wood woods word work worth wren wright
    yard year young youth
""")

SHORT_TITLED = _words("""
    施工 高校 高工 高导 全校 全局 全队 党校 方队 何处 时局 万科 文科 金工 乐队 车队 车工 连队 商科 商校 查处 单科 冷处 明处 难处 温处 包工 童工 左导 向导 农科 费工
    卫校 卫队 卫工 干校 白工 水工 解总 汇总 段总 单导 成总 成工 和局 平局 布局 支队 支局 分校 分局 分队 分科 安处 管导 麻姐 空姐 牛队 马队 石工 花工 查总 宫科 项总
""")
"""Words that look like a surname with a title of one character."""

OLD_AND = _words("老师 老农 老友 老年 老成 老实 老家 老是 老乡 老城")
"""Words that look like 老 with a surname."""

BEHIND_OLD = _words("""
    路线 路灯 路子 路上 路口 路面 马识 马路 牛破 牛拉 牛拖 花镜 花眼 党员 党支 党委 白干 白姓 黄牛 黄历 时间 时候 常识 常规 龙头 和尚 方法 方子 方案 方式
    江湖 温州 安全 国企 国营 国家 明星 单位 东西 房子 房东 房屋 古董 古板 古话 文化 文物 金属 水管 车站 车辆 包子 毛病 石头 钱包 高中 高考 高头 万历
""")
"""Words that a surname behind 老 begins, if it is none: 老黄牛."""

CHINESE = _words("""
    万一 万能 东方 东风 严厉 严格 严肃 严重 久远 乐观 于是 任何 伟大 余地 健康 先进 光明 光荣 光辉 党员 党委 党费 全体 全天
    全年 全校 全班 全部 全面 公平 公开 公正 关于 关心 冬天 冷水 冷漠 冷静 利用 利益 前进 力量 勇敢 包办 包容 包庇 包括 华山
    单位 单元 单独 卫东 卫国 卫星 卫生 历史 友善 友谊 古代 古老 史上 司机 司法 向上 向前 向荣 向阳 周到 和平 和谐 唐代 商业
    商店 商量 善良 喜庆 喜欢 团结 国庆 夏天 夏季 孔子 孟子 学习 学军 学文 学校 学生 宁可 宁愿 宁静 安全 安全感 安宁 安心 安慰
    安排 安静 宋代 富强 富裕 尚且 山水 左右 左边 巴士 巴结 师德 师生 师范 希望 常规 常识 常青 平安 平等 幸福 应当 应用 应该
    建国 建设 强制 强烈 强行 强迫 志向 志愿 志气 忠诚 快乐 快活 成为 成人 成功 成年 成果 成立 成绩 成长 房子 房租 房间 支付
    支出 支持 敬业 敬爱 敬礼 文件 文化 文字 文学 文明 文章 文艺 方便 方向 方圆 方正 方法 施加 施工 施行 时候 时光 时常 时机
    时间 明天 明星 明显 明月 明白 明确 易懂 星期 春天 春节 春雨 春风 晓得 晨光 景色 景象 曲折 曲线 朝阳 杜绝 查处 查明 查清
    柴火 桃花 梅花 欢乐 正义 正直 武力 武器 武术 段落 毛巾 毛病 毛衣 民主 水平 永久 永恒 永远 汉语 江山 江湖 汤圆 沙发 沙子
    泰山 海洋 清明 清楚 清洁 温和 温度 温暖 温柔 温馨 游戏 游泳 焦急 焦点 焦虑 爱国 牛奶 甘心 甘愿 田园 田野 白云 白天 白白
    白色 盛大 盛行 真理 真诚 石头 石油 祝愿 祝福 秋天 程序 空间 立志 童年 童话 符号 符合 简单 简历 简直 管理 米饭 繁荣 红军
    红旗 红星 红梅 美丽 胜利 自强 自由 花园 花费 花钱 苗头 苗条 英明 英雄 荣幸 荣誉 荷花 蓝天 解决 解放 解答 解释 计分 计划
    计算 计较 许可 许多 诚信 诚实 谢绝 谢谢 费力 费用 贺卡 路上 路口 路线 车站 车辆 车间 辉煌 进步 远大 远方 连忙 连接 连续
    郑重 金属 金星 金融 金钱 金额 钟头 钟情 钟点 钱财 长久 长城 长春 长江 阳光 陈列 陈旧 陈述 雪花 静坐 静静 项目 顾及 顾客 顾虑 顾问
    马上 马虎 马路 高中 高低 高兴 高尚 高峰 高度 高明 高级 高考 黄河 黄色 黄金 龙头
""")

ROADS = _words("road street lane avenue drive close way crescent terrace grove court square gardens rd ave")
"""What makes a surname before it the name of a road, if both have a capital: `Clarke Road`."""

ABBREVIATIONS = _words("lan wan ram sim pat pan sen ma ba sat pin")
"""Surnames that are also short for something, behind an article and in capitals: `the LAN`."""

SHOPS = _words("mcdonald macdonald sainsbury morrison wetherspoon domino nando wendy waterstone")
THINGS_OF_A_SHOP = _words("""
    litter wrapper wrappers bag bags box boxes cup cups straw straws packaging burger burgers chips fries meal meals
    restaurant branch queue
""")
"""What a shop called by a surname has, and a teacher has not: `McDonald's wrappers`."""

OF_A_CLASS = _words("in from of")
"""What stands between a pupil and their class: `Lewis in Year 5`."""

SAYINGS = (
    "万里长城", "万里长征", "万里无云", "万里晴空", "万里江山", "高山流水", "安全第一", "白雪皑皑", "白雪茫茫", "白雪公主", "杜鹃花被", "杜鹃花丛", "杜鹃花坛", "杜鹃花海", "杜鹃花盆", "杜鹃鸟",
    "高远的理想", "高远的志向", "高远的目标", "登高远足", "登高远眺", "立志高远", "志存高远", "志向高远", "目标高远", "意境高远", "大好江山", "江山如画", "江山社稷",
)  # fmt: skip
"""What has somebody's name in it and never names one."""

PUPIL = "同学"
"""Right behind a whole name it says that this is a pupil of that name: 王丽同学."""
PUPIL_GOES_ON = "校习生科"
"""Characters with which 同学 is none: 王丽同学校吵架."""
LISTED = r"\s*(?:[、,/&+]|和|与|及|跟|以及)\s*"
"""What stands between names in a list."""

NO_POSTS = _words("heads leads chair")
"""Posts that may be something else behind a department: `the office leads the way`, `the office chair`."""

CLAUSE_BEGINS = "，"
ANY_NUMBER = "几"
"""What any number counts as: `3周老师` is 几周."""

BEFORE_TITLES = _words("""
    信任 不信任 责任 负责任 不负责任 担任 现任 新任 专任 历任 委任 聘任 兼任 胜任 卸任 离任 就任 留任 继任 升任 曾任 出任 常任 放任 重任 首任 选任 原任
    ，时任 的时任 ，前任 的前任 ，上任 的上任 ，下任 一任 两任 几任 每任
    值周 本周 每周 上周 下周 上上周 双周 单周 当周 次周 首周 整周 隔周 四周 数周
    成绩单 名单 菜单 订单 传单 宣传单 作业单 清单 账单 工资单 简单 不单 表单 请假单 体检单 意见单 任务单
    练习单 回执单 黑名单 课程单 床单 答题单 化验单
    不了解 未了解 没了解 想了解 希望了解 充分了解 深入了解 全面了解 详细了解 互相了解 无法了解 能了解 可以了解 理解 不理解 讲解 不解 调解 误解
    曲解 谅解 缓解
    一刻钟 两刻钟 三刻钟 几刻钟 半刻钟 闹钟 分钟 秒钟
    感谢 多谢 谢谢 致谢 答谢 道谢 鸣谢 允许 也许 或许 不许 准许 容许 默许 少许 兴许
    检查 调查 抽查 审查 排查 严查 彻查 督查 巡查 复查 清查 核查 考查 盘查 追查 自查 搜查
    收费 学费 免费 缴费 交费 退费 班费 浪费 餐费 经费 消费 自费 公费 话费 杂费 书费 资料费 补课费 伙食费 校服费 住宿费 报名费 车费 保险费
    托费 房费 会费 党费 付费 欠费 水费 电费 活动费
    任何 如何 为何 几何 提高 跳高 身高 太高 不高 很高 最高 偏高 崇高 奖金 资金 现金 押金 基金 助学金 奖学金 保证金
    说明 证明 声明 表明 文明 不文明 聪明 透明 公明 发明 照明 分明 注明 英明 光明 失明 开明 明明 明白 空白 坦白 表白
    当时 平时 有时 小时 同时 按时 随时 课时 及时 临时 准时 暂时 届时 此时 何时 定时 不时 即时 上课时 下课时 放学时 上学时 午休时 考试时
    吃饭时 午饭时 开会时 排队时 体育课时
    校方 双方 地方 警方 官方 多方 经常 非常 正常 日常 平常 通常 反常 照常 异常 常常 往常 失常 寻常 ，时常
    不管 主管 尽管 保管 监管 分管 托管 宿管 水管 人管 没管 其余 多余 剩余 业余 课余 课程 过程 工程 教程 流程 日程 全程
    阶段 手段 学段 片段 个时段 各时段 该时段 此时段 每时段 紧张 夸张 慌张 主张 千万 安全 完全 不全 齐全 健全 保全
    反应 答应 回应 相应 适应 响应 供应 效应 理应 本应 照应 作文 英文 中文 课文 论文 公文 外文 全文 一向 方向 偏向 倾向 面向 志向 内向 外向
    关于 属于 由于 至于 位于 等于 终于 处于 在于 出于 鉴于 便于 用于 过于 基于 敢于 善于 限于 低于 高于 大于 小于 归于 急于 忙于 有助于 有利于
    不利于 取决于 不同于 相当于 源于 乐于 易于 难于 不至于 以至于
    有关 相关 无关 机关 规范 师范 模范 示范 应付 支付 交付 垫付 祝贺 恭贺 庆贺 照顾 不顾 回顾 兼顾 收钱 交钱 花钱 多少钱 价钱 退钱 付钱 挣钱
    赚钱 尊严 不严 太严 从严 爱戴 体温 气温 措施 设施 实施 治安 公安 不安 平安 整齐 不齐 补齐 配齐 交齐 容易 不易 轻易 交易 队伍 文章 规章
    公章 盖章 印章 违章 重申 庆祝 红包 书包 面包 钱包 承包 外包 背包 安宁 高尚 崇尚 不符 相符 音符 违纪 年纪 校纪 班纪 风纪 党纪 遵纪 欺凌 霸凌
    完毕 春季 秋季 夏季 冬季 糊涂 完成 造成 变成 形成 赞成 构成 达成 组成 养成 促成 分成 写成 不成 疫苗 歌曲 戏曲 作曲 扭曲 舞曲 马路 道路 公路
    铁路 走路 一路 思路 线路 旅游 春游 秋游 郊游 冬游 导游 艰辛 太阳 启蒙 中华 才华 精华 豪华 清华 比喻 厨房 住房 琴房 伙房 库房 楼房 机房
    委屈 冤屈 汽车 停车 开车 骑车 坐车 乘车 堵车 班车 货车 轿车 自行车 电动车 公交车 接送车 私家车 上车 下车 事项 选项 奖项 专项 强项 多项 单项
    款项 牵连 亲戚 背景 情景 场景 少年宫 文化宫 太冷 寒冷 很冷 冰冷 天冷 天气冷 不冷 好冷 出席 缺席 列席 保卫 百米 千米 厘米 大米 玉米
    旁边 身边 一边 周边 路边 外边 里边 两边 左边 右边 前边 后边 上边 下边 律师 大师 工程师 厨师 医师 设计师 温和 暖和 随和 缓和 总和
    协商 智商 情商 招商 厂商 虚荣 光荣 繁荣 电池 水池 泳池 推迟 延迟 太迟 来迟 教官 法官 不曾 未曾 立马 二胡 报仇 记仇 水平 公平 和平 不平 太平
    热水 开水 饮水 喝水 今年 去年 明年 每年 多年 一年 以后 之后 然后 最后 课后 今后 事后 放学后 下课后 处理 办理 管理 道理 不合理
""") | frozenset(number + unit for number in "一二两三四五六七八九十几半多" for unit in "周万张米")  # fmt: skip
"""Words whose last character is also a surname: 信任老师 names nobody called 任. A comma stands for the beginning of a
clause. A word is left out where the surname reads as well: 这周老师, 上课钟老师, 和解老师 may be Mr 周, 钟 and 解."""

BEFORE_A_SURNAME = _words("""
    相信 微信 短信 写信 来信 去信 坚信 听信 轻信 确信 负责 指责 谴责 斥责 追责 问责 发现 出现 表现 实现 体现 呈现 以前 之前 目前 面前 课前 班主 业主 民主
    网传 谣传 相传 误传 盛传 流传 疯传 有人传 都传 在传 群里传 听传 家长传 到处传 点名 实名 匿名 署名 报名 改名 两名 一名 代表 外表 列表 受不 忍不 管不 少不
    受不了 忍不了 管不了 少不了 免不了 惹不了 饶不了 处理 管理 办理 道理 护理 经理 代理 助理 总理 受理 审理 心理 物理 整理 原谅 体谅 耽误 要不 是不 抽调 借调
    这一刻 那一刻 吵闹 打闹 胡闹 哭闹 喧闹 大闹 处分 部分 学分 扣分 评分 加分 打分 充分 过分
    课上 早上 晚上 路上 马上 网上 会上 身上 街上 群上 以上 加上 堂上 班上 台上 楼上 车上 操场上 碰上 遇上 赶上 找上 算上 爱上 惹上 床上 地上 桌上 门上 脸上
    头上 墙上 书上 信上 实际上 事实上 基本上 口头上 学校上 交上 送上 当上 信息上 微信上 朋友圈上 作业上 节上 课堂上
    课下 楼下 私下 以下 地下 台下 之下 堂下 当下 手下 乡下 车下 底下 名下 留下 放下 剩下 打下 记下 情况下 课本 日本 基本 根本 书本 剧本 成本 原本 副本
    高一 高二 高三 初一 初二 初三 初四 周一 周二 周三 周四 周五 周六 星期一 星期二 星期三 星期四 星期五 星期六 唯一 统一 之一 同一 单一 不一 万一
    认为 因为 以为 作为 成为 行为 称为 视为 人为 例如 比如 譬如 假如 不如 诸如 犹如 投资 工资 师资 物资 合资 颁奖 获奖 得奖 评奖 中奖 领奖 发奖
    说明 证明 声明 表明 注明 写明 讲明 查明 有空 没空 天空 时空 已经 曾经 神经 并非 除非 是非 真正 改正 公正 纠正 端正 生日 周日 节日 今日 当日 近日 昨日 假日 工作日 每日 次日
    学校 我校 本校 该校 贵校 全校 高校 名校 母校 两校 各地 当地 外地 本地 场地 工地 草地 尤其 与其 及其 作业 毕业 专业 学业 企业 行业 物业 商业
    上课 下课 听课 备课 补课 逃课 旷课 开课 停课 缺课 代课 讲课 授课 体育课 数学课 语文课 英语课 文化课 经过 通过 难过 员工 职工 义工 罢工 分工
    数学 同学 中学 小学 大学 化学 科学 开学 上学 放学 入学 教学 文学 休学 转学 退学 保安 公安 治安 平安 晚安
    反响 报答 回答 解答 问答 对答 提供 工作 合作 动作 写作 制作 操作 高中 初中 其中 集中 心中 班中 课中 考中 同一 走一
    有关 下属 家属 直属 附属 理由 自由 缘由 甚至 及至 直至 乃至 单位 各位 一位 这位 那位 有位 两位 几位 诸位 某位 该位 学位 席位 平等 同等 上等 初等 中等
    始终 最终 教务处 教育处 学生处 德育处 政教处 总务处 教导处 教科处 人事处 保卫处 办事处 到处 坏处 好处 科研处 后勤处 财务处 安全处
    现在 正在 实在 存在 所在 内在 提出 指出 突出 做出 作出 付出 外出 支出 派出 说出 喊出 打出 找出 看出 随便 顺便 方便 以便 使用 利用 录用 聘用 任用 借用 专用
    机关 难过 使过 老师 教师 律师 答应 反应 相应 今年 去年 明年 每年 一年 当年 前年 青年 少年 一班 二班 三班 四班 五班 六班 七班 八班 九班 十班 几班 本班 我班 该班 各班 全班 这班
    读书 图书 教书 秘书 证书 集体 全体 身体 具体 大体 其实 确实 老实 真实 事实 现实 诚实 落实 语文 英文 中文 课文 办公 水平 公平 和平 提交 上交 转交 递交 社交 大队 车队 球队
    尊重 严重 体重 唱歌 国歌 儿歌 防疫 青春 司机 手机 打印 先后 听话 离开 公开
    举报信 感谢信 表扬信 匿名信 诚信 通信 班委 家委 校委 纪委 党委 支委 招聘 返聘 外聘 应聘 解聘 大专 中专 重新 创新 翻新 全新 学历 简历 病历 成就 开放 发放 播放 提升 保留
    经常 非常 正常 平常 日常 常常 价值 应当 适当 相当 完整 调整 每次 多次 一次 两次 上次 再次 首次 三次 几次 数次 屡次 奥数 人数 次数 多数 少数 分数 菜单 名单 成绩单
    三名 几名 多名 数名 说清 讲清 看清 交清 转账 结账 付账 从不
    校车 骑车 大不 越来越不 对不 从来不
""")
"""Words that cut such a word apart, since they end right before its last character: 相信任老师, 课上周老师, 提出于老师."""
