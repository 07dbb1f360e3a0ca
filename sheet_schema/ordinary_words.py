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
    gardener garland garner gates gay gem gift gill glass glover gold golden good grace graham grant grave gray green
    grey grove guest guy hail hale hall hand harbour hard hardy harmony hart harvest haven hawk hay haze hazel head
    heath heather hedges hill hobby hope horn house hunt hunter hurst ice iris irons ivory ivy jack jade james january
    jasmine jay jean jet jewel job jolly joy judge july june just justice kay keen keep key keys kid king kitchen
    knight lace lake lamb lance land lane large lark law lawn lawyer leaf leather lily little lively london long lord
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

OLD_AND = _words(
    "老师 老路 老马 老牛 老农 老友 老花 老年 老成 老党 老白 老黄 老时 老常 老严 老实 老家 老是 老乡 老城 老房 老古 老江 老龙 老和 老方 老温 老鲁 老安 老国 老明 老单 老东"
)
"""Words that look like 老 with a surname."""

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
    郑重 金属 金星 金融 金钱 金额 钟头 钟情 钟点 钱财 长久 长城 长春 长江 阳光 陈列 陈旧 陈述 雪花 项目 顾及 顾客 顾虑 顾问
    马上 马虎 马路 高中 高低 高兴 高尚 高峰 高度 高明 高级 高考 黄河 黄色 黄金 龙头
""")

NO_POSTS = _words("heads leads chair")
"""Posts that may be something else behind a department: `the office leads the way`, `the office chair`."""
