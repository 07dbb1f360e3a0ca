"""What a school has besides people, and what its bodies of staff are called, in English and Chinese. Data of
`automation/ledger/names/`, as `naming.py` is."""

from __future__ import annotations

from sheet_schema.words_beside import words

THINGS = words("""
    lunch lunches dinner dinners meal meals food menu menus breakfast snack snacks water milk toilet toilets loo loos bathroom bathrooms washroom washrooms changing_room changing_rooms
    playground playgrounds playing_field field pitch court gym sports_hall hall halls corridor corridors stairs staircase lift roof window windows door doors gate gates fence wall walls
    car_park parking drop_off pick_up entrance exit road roads path pavement crossing bin bins rubbish litter building buildings boiler heating lighting lights electricity classroom classrooms
    lab labs laboratory pool swimming_pool garden gardens trees pond shed minibus minibuses coach_trip van bike bikes cycle_rack
    uniform uniforms shoes skirt skirts tie blazer blazers kit homework exam exams test tests results grade grades report reports timetable timetables curriculum_map marking textbook textbooks books
    trip trips visit visits play plays concert concerts fair fete fayre disco prom party parties assembly assemblies holiday holidays term terms term_dates inset_day hours day days
    bell bells phone phones mobile mobiles computer computers laptop laptops tablet tablets ipad ipads wifi wi_fi internet app apps email emails letter letters newsletter newsletters text texts post
    policy policies rule rules fee fees charge charges price prices cost costs money payment payments fund funds fundraising donation donations admission admissions place places catchment attendance absence absences punctuality
    noise smell smells dust mould damp leak leaks flood flooding heat cold traffic queue queues works crowding overcrowding safety security accident accidents incident fire fire_alarm alarm drill
    bullying behaviour behavior fighting fight fights racism drugs smoking vaping nits lice head_lice headlice illness covid flu norovirus allergies vaccine vaccines
    evening evenings meeting meetings route routes stop stops timings times fare fares ticket tickets pass passes works outing outings club_times survey surveys photo photos photographs council_tax
    curry stew soup pizza pasta burger burgers bread toast chops ice_cream ice_cream_van road_works web_filter chips sandwich sandwiches cake cakes sale poster posters sign signs
    厕所 卫生间 洗手间 食物 饭菜 伙食 午餐 早餐 晚餐 饮食 饮水 饮用水 开水 牛奶 营养餐 菜价 操场 跑道 球场 篮球场 足球场 教室 教学楼 宿舍 宿舍楼 寝室 楼道 楼梯 电梯 走廊 屋顶 门窗 窗户 校门 校门口 大门 围墙 围栏 停车场
    停车位 车位 道路 路面 路灯 草坪 花坛 垃圾 垃圾桶 设施 设备 器材 空调 暖气 风扇 灯光 电路 水管 下水道 水质 水费 电费 机房 实验室 体育馆 礼堂 泳池 游泳池 绿化 工地 工程 建筑 装修
    校服 作业 考试 成绩 分数 排名 试卷 教材 课本 书本 教辅书 练习册 课程表 课表 作息 作息时间 时间 上学时间 放学时间 放假 假期 寒假 暑假 活动 运动会 春游 秋游 研学 军训 晚会 家长会 班会课 课后服务 托管 延时服务
    收费 费用 学费 杂费 住宿费 餐费 伙食费 班费 校服费 补课费 资助 奖学金 助学金 招生 学位 学籍 转学 入学 分班 编班 学区 规定 制度 校规 政策 通知 公告 网站 公众号 平台 系统 软件 群
    噪音 噪声 异味 气味 灰尘 甲醛 油烟 污水 积水 漏水 环境 卫生 安全 交通 拥堵 秩序 霸凌 欺凌 打架 斗殴 流感 疫情 食品安全 事故 火灾 消防设施 铃声 广播 手机 电脑 网络 车辆 车费 路线 站点 工地 白开水 田径场 高铁站 校门口交通 平台 方面 问题 情况 事情 太旧 太吵 太贵 太脏 太差 太多 太少
""")
"""What is nobody: places and things of a school, and what is complained of. Anything else beside the word for the school may
be somebody."""

OURS = words("""
    school schools the_school academy the_academy trust business people everybody everyone anybody anyone community authority society group
    学校 本校 我校 该校 你校 贵校 你们学校 单位 全校 大家 全班 班级
""")
"""Those of `GROUPS` that may be this school, part of it or some of its staff: with a word beside them of which nothing is
known they may mean somebody here. `school bursar`, 学校招生办, `business lead`."""

UNITS_OF_STAFF = words("""
    team teams department departments dept depts faculty faculties office offices staffroom desk 部门 科室 处室 教研组 备课组 办公室
""")
"""What a body of staff is called: with a subject, or by itself, it means people of whom the ledger does not know who they
are. `French dept`, 数学教研组, `everybody in the office`."""

SERVICES = words("service services support welfare wellbeing liaison")
"""Beside pupils or parents these are what a body of staff does: `student services`."""

ENDINGS_OF_UNITS = words("处 科 室 部 组 办 中心")
"""With these behind a word a Chinese unit is called: 学生处, 体育组."""

UNITS_GO_ON = words("""
    处理 处罚 处分 处置 处境 处方 处于 处在 处处 处女 科目 科学 科技 科研 科普 室内 室外 室友 部分 部署 部队 部门 组织 组成 组建 组合 组团 办法 办理 办事 办学 办公 办班 办证 办卡
""")
"""Words that the last character of a unit begins: 学生处理 is no 学生处."""

WORKS = ("工作", "管理", "事务", "服务")
"""What may stand before the ending of a department and says nothing: 学生工作处, 学生管理处."""

SEVERAL_UNITS = ("teams", "offices", "departments", "faculties", "groups", "centres", "services")
"""How the name of several units of one kind ends."""

AT_THE_TOP = words("""
    smt s_l_t s_m_t senior_mgmt senior_managers senior_staff senior_leaders leaders_of_the_school managers_of_the_school
    bosses chiefs executives executive_team hierarchy authorities top_brass higher_ups the_powers_that_be powers_that_be school_management management_team executive_leaders top_management
    in_charge in_authority in_power at_the_top run_the_school runs_the_school running_the_school run_this_school runs_this_school running_this_school run_the_place runs_the_place
    run_our_school runs_our_school running_our_school in_command pulling_the_strings calling_the_shots
    班子 管理层 管理者 管理团队 管理人员 领导层 领导们 各位领导 决策层 决策者 决策人 高层 上层 高管 高层领导 老大 老总 正职 当官的 当权者 当权的 掌权的 掌权者 说了算的 管事的 上面的人 上头的人 上级领导
    行政班子 行政领导 党政班子 党政领导 校级 校级干部 校务会 校委会 校务委员会 校长办公会 校长们 两位校长 几位校长 三位校长 各位校长 全体校长 所有校长 两个校长 俩校长 党委 党总支 党支部 党组织 党委班子
""")
"""How people speak of those who lead the school, all of whom are meant."""

DEPUTIES = words("""
    deputies deputy_headteachers deputy_head_teachers deputy_principals vice_principals vice_heads assistant_heads assistant_headteachers assistant_principals dep_head dep_heads dep_headteacher d_head ass_head asst_head
    vice_head assistant_ht asst_ht 副校 副校长们 各副校长 副校级 副校级领导
""")
"""Whoever leads the school beside its head, several of them or cut short."""

HEADS = words("""
    heads_of_department heads_of_departments heads_of_dept heads_of_depts department_heads dept_heads hods heads_of_faculty heads_of_section middle_leaders middle_leadership middle_managers middle_management
    中层 中层干部 中层领导 处室主任 各处室主任 各科室主任 各处主任 各科主任 部门负责人 各部门负责人 处室负责人 各处室负责人 科室负责人 部门主任 各部门主任 部门领导
""")
"""Whoever heads the departments."""

AFTER_A_WORD = words("""
    curry stew soup pie pies roast chops chop burger burgers bread pizza cake cakes sandwich sandwiches shop shops stall van bus buses child children people pupil pupils
    student students boy boys girl girls kid kids visitor visitors family families parent parents carer carers
""")
"""Right behind one of these a word in small letters is no name: `lamb curry`, `young children`, `the baker's shop`."""

RELATIVES = words(
    "mother father mum dad mam mummy daddy parent parents stepmother stepfather grandmother grandfather guardian carer brother sister aunt uncle cousin family"
)
"""Whose they are, if only a given name says it, is a pupil: `Omar's mother`."""

PLACES = words("社区 小区 街道 居委会 派出所 医院 公司 公园 广场 酒店 宾馆 饭店 超市 书店 大厦 花园 新村")
"""Right behind a name that is also a word these are what is called so: 江山社区."""

BODIES_OUTSIDE = (
    "交通局", "公安局", "教体局", "教委", "卫健委", "卫生局", "城管局", "监管局", "税务局", "环保局", "水务局", "电力局", "供电局", "邮政局", "消防局", "街道办事处",
    "书店", "小吃店", "文具店", "便利店", "奶茶店", "饭店", "餐馆", "超市", "银行", "网吧", "工厂", "食品厂", "印刷厂", "服装厂", "诊所", "药店", "旅馆", "宾馆", "商场", "菜市场", "加油站", "地铁站", "高铁站", "火车站", "汽车站",
    "外卖员", "快递员", "业务员", "业主", "村民", "房东", "租户", "摊主", "店主", "小摊",
)  # fmt: skip
"""A Chinese part that ends so speaks of a body or people outside."""
