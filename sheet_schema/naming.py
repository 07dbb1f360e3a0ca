"""The words with which people name somebody, in English and Chinese: titles, roles, posts, subjects, groups.

Data of `automation/ledger/names/`, which folds every word before it compares. A `_` stands for the space within one.
"""

from __future__ import annotations

from sheet_schema.vocabulary import Role
from sheet_schema.words_beside import words as _words
from sheet_schema.words_of_a_school import AT_THE_TOP, DEPUTIES, HEADS

COURTESY = _words("""
    mr mrs ms miss mx dr doctor sir madam dame lady rev revd reverend fr prof professor mister messrs mesdames
    先生 女士 小姐 同志 老师 博士 教授
""")
"""Titles that say nothing by themselves: behind `Mr & Mrs Smith` stands one name."""

GLUED_TITLES = _words("mr mrs ms miss mx dr prof sir mister madam")
"""Titles that are also written together with the surname: `MrSmith`."""

TITLES_BEFORE_NAMES = _words("mr mrs ms mx messrs dr prof")
"""Those that are short for a title and stand only before a name, so that what follows is one in small letters, too."""

TELLING_COURTESY = _words("dr doctor rev revd reverend fr prof professor 博士 教授")
"""Those by which somebody may be known: `the doctor` may be Dr Patel."""

WORK_TITLES = _words("""
    business_manager school_business_manager business_mgr business_mngr school_business_mgr
    teacher teachers class_teacher form_teacher form_tutor tutor instructor coach nurse school_nurse matron officer
    caretaker cook cooks chef librarian technician receptionist secretary teaching_assistant ta supply_teacher trainee_teacher
    clerk company_secretary bursar registrar senco sendco sen_co dsl ddsl sbm
    learning_support_assistant lunchtime_supervisor midday_supervisor housemaster housemistress chaplain counsellor governor chair
    chairman chairwoman chairperson chair_of_governors cog colleague staff member_of_staff assistant personal_assistant pa
    head_of_year head_of_department head_of_faculty head_of_house head_of_sixth_form year_head head_cook head_chef head_caretaker head_groundsman
    教师 教员 班主任 班主 任课老师 任课教师 科任老师 科任教师 任科老师 任教老师 授课老师 授课教师 主任 副主任 级长 副书记 科长 副科长 处长 副处长 组长 副组长 部长 副部长
    教研组长 备课组长 年级组长 年级主任 师傅 医生 校医 护士 主管 经理 园长 院长 教练 助理 会计 出纳 保安 门卫 阿姨 叔叔 大爷 大叔
    大姐 大哥 局长 所长 馆长 站长 队长 主席 委员 督学 干事 专干 专员 科员 办事员 教务员 文书 年级长 年级组组长 辅导员 辅导老师 导师 宿管 宿管老师 宿管阿姨 生活老师 代课老师 实习老师
    职工 员工 职员 教职工 工作人员 政教主任 德育主任 教务主任 总务主任 教导主任 团委书记 少先队辅导员 大队辅导员
""")
"""Titles that stand with a name; alone they mean somebody here, but not whom."""

SHORT_TITLES = _words("工 总 队 导 局 处 科 校 姐 哥 叔 姨 爷 氏 sir")
"""Chinese titles of one character, which count only right behind a surname: 王工, 李总, 陈校."""

DEPUTY = "副"
HEAD = "长"
HEAD_OF_A_SCHOOL = "校长"

SHORT_FOR_HEADS = "校处科局队"
"""Those that stand for a title with 长, or with 副 and 长: 刘校 may be 刘校长 or 刘副校长."""

OTHER_THAN_THEY_END = _words("班主任 班主")
"""Titles that end like another and are none of that kind: a 班主任 is no 主任."""

SAME_TITLES = {
    "chairman": "chair", "chairwoman": "chair", "chairperson": "chair", "doctor": "dr", "professor": "prof",
    "reverend": "rev", "revd": "rev", "sendco": "senco", "cog": "chair of governors", "mgr": "manager", "mngr": "manager", "sbm": "school business manager",
}  # fmt: skip

TITLES_AND_SURNAMES = _words("head cook clerk nurse coach chaplain leader lead chief warden")
"""English titles that are also surnames: `Mark Head` is no head."""

BEFORE_SURNAMES = "小老大阿"
"""小王, 老王, 大王, 阿王."""

OLD = "老"
"""Nobody calls a pupil 老王, so that it counts in a summary, too."""

SOME = "某"
"""It stands for a given name, or for a whole one."""

PLACEHOLDERS = "某什么啥*xX×＊○〇●■□△?？"
"""What stands for a given name that is not written out: 王某某, 王**, 王X, 王什么."""

ANYBODY = "abcxyz"
"""Letters with a title that stand for whoever is not named, as well as for an initial: `Mr X`, Z老师."""

MASKS = "*×＊○〇●■□△"
"""Those that are no letters, so that a summary has them for nothing else: 王**, 王○○."""

PUPILS_AND_PARENTS = _words("""
    同学 学生 学员 家长 父母 爸爸 妈妈 父亲 母亲 男生 女生 孩子 pupil pupils student students parent parents mother mum dad child boy girl
""")
"""Whoever is called so is not looked for among the staff by a misspelt name."""

ARTICLES = _words("a an the 是")

TITLES_OF_ANYBODY = _words("mr mrs ms miss mx sir madam lady mister messrs dr doctor 先生 女士 小姐")
"""Those that a parent has as well as a teacher."""

ROLE_WORDS: dict[frozenset[str], frozenset[Role]] = {
    _words("""
        head headteacher head_teacher headmaster headmistress principal school_principal school_head executive_head exec_head executive_headteacher co_head co_headteacher hos ht h_t eht hm
        acting_head acting_headteacher interim_head interim_headteacher
        principle school_principle headteahcer headtecher headteacer headmater headmastr hedteacher headteecher hd_teacher h_teacher headtr head_tr h_tr chief_executive_of_the_school
        校长 正校长 正校 一校之长 校负责人 法定代表人 xiaozhang xiao_zhang 一把手 校长本人 法人代表 主要负责人 学校一把手 学校法人 法人
    """): frozenset({Role.PRINCIPAL}),
    _words("书记 党委书记 党支部书记 党总支书记 支部书记 总支书记 学校书记"): frozenset({Role.PRINCIPAL, Role.LEADER}),
    _words("""
        正副校长 校班子 班子成员 校领导 学校领导 领导班子 校级领导 领导 校方领导
        school_leaders school_leadership leadership leadership_team senior_leadership_team senior_leadership slt
        senior_management management senior_leader
    """)
    | AT_THE_TOP: frozenset({Role.PRINCIPAL, Role.LEADER}),
    _words("""
        leader leader_in_charge deputy deputy_head deputy_headteacher deputy_head_teacher deputy_principal deputy_heads dht aht d_h_t a_h_t dh ah d_h a_h vp v_p
        the_vp vice_principle deputy_principle assistant_principle deputy_headteahcer vice_principal assistant_head assistant_headteacher assistant_head_teacher assistant_principal
        副校长 分管领导 分管校长 分管副校长 分管校领导 主管校长 主管领导 主管副校长 教学副校长 德育副校长 后勤副校长 副手 副职 二把手 学校二把手
    """)
    | DEPUTIES: frozenset({Role.LEADER}),
    HEADS: frozenset({Role.HEAD}),
    _words("heads headteachers"): frozenset({Role.PRINCIPAL, Role.HEAD}),
    _words("""
        duty_person duty_teacher duty_officer duty_manager duty_leader person_on_duty teacher_on_duty duty
        值班人员 值班员 值班老师 值班教师 值班领导 值班干部 带班领导 值班 当值人员 值周 值周老师 值周教师 值周领导 值周干部 值日老师 值日教师 值日领导
    """): frozenset({Role.DUTY}),
    _words("""
        discipline_officer discipline_inspector discipline
        纪委 纪检组 纪检监察 监委 纪检 纪检委员 纪检书记 纪委书记 纪检干部 纪检员 纪检监察员 监察员 纪检负责人
    """): frozenset({Role.DISCIPLINE}),
    _words("""
        complaints_officer complaints_coordinator complaints_office letters_and_visits_office
        信访办 信访员 信访专员 信访办工作人员 信访工作人员 信访办主任 信访办负责人 信访接待员 接待员 接待人员
        信访干部 信访干事 信访专干 信访秘书 信访老师 信访人员 信访经办人 信访办的人
    """): frozenset({Role.OFFICE}),
    _words("接待人 接待老师 接待教师 接待干部 接访人 接访人员 接访员 接访老师 接访干部 接访的 接访的人"): frozenset(
        {Role.OFFICE, Role.DUTY}
    ),
    _words("archivist 档案员 档案管理员"): frozenset({Role.ARCHIVIST}),
    _words("administrator ledger_administrator 管理员 系统管理员"): frozenset({Role.ADMINISTRATOR}),
    _words("领导小组 信访领导小组 信访工作领导小组 领导小组成员"): frozenset({Role.GROUP}),
}
"""What people call whoever holds a role. A role's own word in a cell of People is none: `head` there is a department's."""

ROLES_CALLED: dict[str, tuple[str, ...]] = {
    role.key: tuple(word for words, roles in ROLE_WORDS.items() if roles == {role} for word in words) for role in Role
}
"""What people call each role by words that mean no other, by its key. 书记 may be one of two, so it is none of these."""

POSTS_BEHIND = _words("""
    head heads hod hd h_o_d hof hoy hoh manager mgr lead leader director coordinator supervisor boss chief chair in_charge managers leads leaders directors coordinators supervisors
    负责人 负责同志 负责老师 主任 处长 科长 组长 部长 主管 经理 领导 书记 一把手 头头 头儿 头 院长 园长 队长 主席 室主任 级长 年级长 长
""")
"""Behind a department these mean its head: 教务处负责人, Curriculum lead."""

JOBS = _words("""
    second_in second_in_charge second_in_command 2ic 2_i_c 2i_c 2nd_in_charge 2nd_in_command mentor mentors adviser advisers advisor advisors worker workers assistant assistants monitor escort escorts trainer specialist
    therapist psychologist helper helpers driver drivers cleaner cleaners janitor groundsman handyman invigilator sponsor
    老板 承包人 工勤 助教 教辅 教工 照管 财务 行政 人事 采购 秘书 干部 带头人 骨干 厨师 厨工 清洁工 保洁 保洁员 电工 水电工 校工 网管 司机 校车司机 驾驶员 文员 照管员 接送员 跟车员 随车员 管理员
""")
"""What people do for a living, which stands alone and is no title before a name: 学校财务, `pupil mentor`."""

THIS_SCHOOL = _words("school the_school academy the_academy 学校 本校 我校 该校 你校 贵校 你们学校 单位")
"""With a post these mean who heads the school: head of the school, 本校负责人. They are also in `GROUPS`."""

POSTS_BEFORE = _words("""
    head_of heads_of the_head_of manager_of director_of leader_of lead_of lead_for coordinator_of coordinator_for
    person_in_charge_of in_charge_of chief_of boss_of hod_of hd_of h_of h_o_d_of hof_of 负责 主管 分管
""")
"""Before a department these mean its head: head of Curriculum."""

RUNS = "管"
"""Before a department it means whoever runs it: 管教务处的."""

OF = "的"

GENERAL_ROLES = _words("""
    leader leader_in_charge deputy deputy_heads heads management leadership leadership_team acting_head interim_head 领导 主要负责人 一把手
""")
"""Role words by which heads of anything are called: with another word beside them they may mean somebody else."""

FILLERS_IN_DEPARTMENTS = _words("office year years house")
"""Words that say nothing elsewhere, but tell a department in whose name they stand: `office manager`."""

POSTS_IN_DEPARTMENTS = _words("""
    head heads headteacher headmaster principal deputy manager lead coordinator bursar registrar clerk senco sendco dsl
    director warden professional governance officer 主任 秘书 协调员 负责人 主管 委员 专员 干事 校长
""")
"""A department that is called like this is a person's post, so that its head is named with it: `Bursar`, `SENCO`."""

DEPARTMENT_ENDINGS = ("委员会", "办公室", "中心", "小组", "处", "科", "室", "部", "组", "办", "队", "会")
"""教务主任 is the 主任 of 教务处, 年级组长 the 长 of 年级组."""

OFFICE_STAFF = _words("""
    school_admin admin_office school_reception the_school_reception reception_desk front_office front_desk 学校办公室 校办 学校校办
    office the_office school_office the_school_office office_lady the_office_lady office_ladies the_office_ladies office_staff the_office_staff office_worker office_person office_people office_team office_clerk
    lady_in_the_office person_in_the_office somebody_in_the_office someone_in_the_office 办公室 办公室的 办公室人员 办公室的人
""")
"""By themselves, and where no department is called so, these are whoever works in the office."""

YEAR_GROUP = "年级"
"""高三 is short for 高三年级组."""

GROUPS_OF_TEACHERS = ("备课组", "教研组", "级部", "组", "部")
"""Behind what a department is called for short these are the same department: 高三备课组."""

SUBJECTS = _words("""
    maths mathematics math english science physics chemistry biology history geography music art drama pe sports sport
    physical_education games french german spanish latin mandarin chinese computing computer_science ict
    design_and_technology dt re religious_education religious_studies pshe economics business_studies business psychology
    sociology politics philosophy food_technology textiles media_studies dance literacy numeracy phonics reading
    boarding transport reception nursery sixth_form 6th_form eyfs ks1 ks2 ks3 ks4 ks5
    数学 语文 英语 物理 化学 生物 历史 地理 政治 道法 道德与法治 思品 品德 音乐 体育 美术 信息 信息技术 计算机 科学 劳动 劳技
    心理 心理健康 书法 综合 综合实践 通用技术 外语 日语 俄语 法语 德语 韩语 舞蹈 健康 班会 晚自习 自习 社团 足球 篮球 排球
    乒乓球 游泳 钢琴 理科 文科 主科 副科 术科 竞赛 奥数 作文 阅读 口语 听力 小学部 初中部 高中部 幼儿园
""")

GROUPS = _words("""
    company companies firm contractor contractors supplier suppliers provider agency business parent parents mum dad mums
    dads family families mother father guardian carer carers son sons daughter daughters grandparent grandparents grandchild grandson granddaughter grandmother grandfather relatives sibling siblings pupil pupils
    student students child children boy boys girl girls kid kids brother sister brothers sisters uncle aunt classmate classmates friend friends peer peers bully bullies
    neighbour neighbours neighbor neighbors resident residents council police hospital bus buses taxi minicab uber lorry delivery courier visitor
    visitors stranger strangers public passer_by passers_by community school schools the_school academy trust
    government authority local_authority ofsted dfe charity club clubs landlord builders builder workmen scouts shop shops head_boy head_girl head_pupil
    society everybody everyone anybody anyone people customer customers website facebook whatsapp group
    公司 企业 单位 外单位 家长 家长们 父母 爸爸 妈妈 父亲 母亲 爷爷 奶奶 亲属 监护人 学生 同学 同学们 孩子 孩子们 小孩 儿童 男生 女生
    校车 校车公司 供应商 承包商 承包方 外包 施工队 施工方 施工单位 物业 物业公司 居民 周边居民 邻居 路人 社会人员 外来人员 闲杂人员
    出租车 公交 公交车 网约车 货车 快递 警察 派出所 公安 公安局 医院 政府 教育局 街道 街道办 居委会 社区 商家 商店 商户 摊贩 小贩 培训机构 机构 培训班
    邻校 学校 本校 我校 该校 你校 贵校 你们学校 全校 外校 校外 校外人员 班级 全班 大家 群众 网友 顾客 旅行社 保险公司 出版社 厂家 配餐公司 保洁公司
    保安公司 城管 交警 消防 消防队 幼儿 毕业生 校友 志愿者 学生干部 班干部 学生会 学生会干部 学生代表 家长代表 家委会 家长委员会
""")
"""People and bodies outside the staff. They hinder nothing: they are neither somebody here nor a name to be written out."""

SERVED = _words("""
    parent parents mum dad mums dads family families mother father guardian carer carers son sons daughter daughters grandparent grandparents grandchild grandson granddaughter pupil pupils student students child children
    boy boys girl girls kid kids bus buses school schools agency
    家长 家长们 父母 学生 同学 同学们 孩子 孩子们 小孩 儿童 幼儿 男生 女生 校车 班级 全班 全校 外包 家委会 家长委员会 学生会
""")
"""Those of `GROUPS` whose teacher, officer or manager is one of this school's staff: `pupil's teacher`, 学生主任, 校车队长."""

FUNCTIONS = _words("财务 行政 人事 采购")
"""Those of `JOBS` that are a department's work, too."""

SERVED_THINGS = _words("bus buses school schools agency 校车 班级 全班 全校 外包")
"""Those of `SERVED` that are no people, so that `the bus lady` is somebody, but `a boy's mother` is not."""

WORKERS = _words("""
    attendant attendants photographer gardener gardeners employee employees trustee trustees porter porters guard guards electrician operative
""")
"""What else people do for a living. They are not in `JOBS` since some are surnames, too."""

ENDINGS_OF_JOBS = ("员", "师", "工", "长", "手")
"""With these a Chinese word may be what somebody does: 放映员."""

PEOPLE_OF_A_PLACE = _words("人 人员 某 某个 个别 新来")
"""With the school these mean some of its staff: 学校个别人, 本校某人."""

TEACHERS = _words("老师 教授 博士")

SOMEBODY = _words(
    "lady gentleman man woman person member guy adult someone somebody 那位 这位 那名 这名 某位 一名 一位"
)
"""Words that point at one person without saying whom."""

CLASSES = _words("class lesson lessons year years form 班 级 年级 年 高一 高二 高三 初一 初二 初三")
"""Words that say that a class or a lesson is meant, so nobody's name is missing."""

BODIES = _words("""
    desk body board committee hub leads leaders managers heads teachers tutors mentors governors trustees assistants admins
    secretaries technicians coordinators officers helpers volunteers cleaners
    安保 师生 师资 党委 党员 党政 党群 党总支 党支部 纪委 高层 高管 管理层 常委 常务 安监 文印 文体 卫生 商务 计财
""")
"""What several people together are called, though the words could be a name: `Front Desk`, 安保."""

OUTSIDE = _words("""
    outside outsider external not_staff not_ours not_one_of_ours not_a_member_of_staff outside_school another_school other_school
    校外 外校 校外人员 外单位 非本校 非本校人员 外部 外来 外来人员 不是本校 非教职工
""")
"""In brackets behind a name: this is nobody here, and the office knows it."""

FILLERS = _words("""
    complaint complaints allegation allegations regarding concerning concern concerns
    a an the of in at for from to his her their our my your its who whose which is was by with about against this that
    these those one some several other others another certain various all any both each class lesson lessons year years form tutor_group group
    set team department dept office section unit no none name named called person persons member members lady gentleman man
    woman i we he she they it re mailto esq jr sr ii iii mbe obe cbe phd ba bsc ma msc pgce qts
    的 之 是 在 等 等人 及其 这个 那个 这位 那位 这名 那名 某 某位 某个 一名 一位 一个 几个 几名 几位 其他 其它 部分 主要 有关 相关 我 我们
    他 她 他们 班 级 年级 年 系 部门 科室 教研组 备课组 办公室 人员 人 个别 全体 所有 各位 我的 原 现任 时任 原任 前任 前 新来 新
    两 两位 两名 三位 俩 俩人 仨 共 一共 总共 多名 多位 一 二 三 四 五 六 七 八 九 十 高 初 高一 高二 高三 初一 初二 初三 名叫 叫 叫做 姓 本人 对 被 把 让 女 男 岁 电话 手机 关于 属于 由于 至于 位于 等于 终于 处于 在于 出于 鉴于 便于 用于
    上周 下周 本周 每周 一周 两周 几周 周一 周二 周三 周四 周五 周六 周日 周末 任何 如何 为何 提高 奖金 资金 明白 当时 平时 有时 小时 同时 按时
    随时 对方 校方 地方 双方 经常 非常 正常 日常 不管 主管 其余 担任 责任 过程 课程 工程 阶段 时段 手段 紧张 一张 简单 千万 分钟 完全 安全 负责 反映 反应 作文 英文
    中文 包括 向上 一向 方向 多余 由此 投诉 举报 控告 涉及 等待 等候 等级 等着 等了 新任 专任 兼任 聘任 连任
""")

GOES_ON = _words("处理 处罚 处分 处置 处境 处方 处女 长期 长久 长时 长达 长年 长远 长假 头疼 头痛 头脑")
"""学生处理 is no 学生处, and 教务处长期 no 教务处长: words that the last character of a department or a post begins."""

SHORT_TITLES_GO_ON = _words("""
    工作 工资 工程 工具 工人 工厂 工业 工地 工期 工会 工种 工艺 工序 工商 工伤 工钱 总是 总之 总结 总共 总数 总分 总体 总务 总理 总量 总价 总和 总额 总算
    总觉 总部 总监 总裁 总书 总说 总在 总要 总不 总把 总让 总会 总能 总有 总爱 总想 队伍 队员 队列 队友 队形 导致 导师 导演 导员 导航 导入 导读 导游 导向
    局面 局部 局限 局势 处理 处罚 处分 处置 处境 处于 处方 科目 科学 科技 科研 科室 校园 校服 校车 校门 校内 校外 校方 校区 校规 校医 校风 校训 校庆 校友 校舍
    校级 校工 校领 哥窟 姐妹 姐姐 姐夫 哥哥 叔叔 姨妈 爷爷
""")
"""Words that what may be a title of one character begins: 王总是迟到 is no 王总."""

BEFORE_A_NAME = "找和与跟同及向给让被把对请问是叫说由到向替为"
"""Characters that stand right before a name in a sentence: 找王总."""

BEFORE_A_LONE_SURNAME = "是人者似述事班即系位名任处科室部组办心"
"""With these behind it a word may say of somebody what they are who is named by the surname alone: 被举报人王, 疑似王."""

JOINING = _words("and as_well_as along_with together_with or plus with 和 与 及 跟 以及 同 还有 并 或 或者 暨")
"""Words between two who are named. Where a name has one inside (王和平, Health and Safety), it stays whole."""

BETWEEN_SURNAMES = "(?:[和与及跟暨、/&]|以及)"
BETWEEN_SURNAMES_COUNTED = "[和与及跟暨、/&,，]"
NUMBERS = "两二三四五六几多俩仨"
OF_PEOPLE = "位名个"
"""What stands between surnames that share a title, and before it: 赵、黄两位主任. Where they are counted, also a comma."""

DOUBLE_SURNAMES = _words("""
    欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 端木 南宫 西门 东郭 百里 呼延 闻人 赫连 澹台 公冶 宗政 濮阳
    淳于 单于 太叔 申屠 仲孙 轩辕 钟离 宇文 长孙 鲜于 闾丘 司空 亓官 司寇 子车 颛孙 巫马 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷
    谷梁 第五 左丘 东门 独孤 万俟 羊舌 微生 梁丘 欧侯 纳兰 完颜 耶律 萧何 叶赫 爱新
""") - {"萧何"}

SURNAMES = """
王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊
秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯
纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏
宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官
"""
"""The commonest Chinese surnames, which tell a name from a word."""

ROMANISED_SURNAMES = {
    "wang": "王汪", "li": "李黎厉", "lee": "李", "zhang": "张章", "chang": "张常", "liu": "刘柳", "chen": "陈", "chan": "陈", "yang": "杨阳",
    "huang": "黄", "wong": "黄王", "zhao": "赵", "wu": "吴武伍邬", "zhou": "周邹", "chow": "周", "xu": "徐许", "hsu": "徐许", "sun": "孙",
    "ma": "马", "zhu": "朱祝", "chu": "朱褚", "hu": "胡", "guo": "郭", "kuo": "郭", "he": "何贺和", "ho": "何", "gao": "高", "lin": "林蔺",
    "lam": "林", "zheng": "郑", "cheng": "程郑成", "xie": "谢解", "luo": "罗骆", "liang": "梁", "leung": "梁", "song": "宋", "tang": "唐汤",
    "han": "韩", "feng": "冯", "deng": "邓", "cao": "曹", "peng": "彭", "zeng": "曾", "tsang": "曾", "xiao": "肖萧", "tian": "田", "dong": "董",
    "yuan": "袁苑", "pan": "潘", "yu": "于余俞喻虞", "jiang": "蒋江姜", "cai": "蔡", "tsai": "蔡", "du": "杜", "ye": "叶", "yip": "叶",
    "su": "苏", "wei": "魏韦卫", "lu": "卢陆鲁路吕芦", "lyu": "吕", "lv": "吕", "ding": "丁", "ren": "任", "shen": "沈申", "yao": "姚", "cui": "崔",
    "zhong": "钟仲", "tan": "谭覃", "fan": "范樊", "jin": "金靳", "shi": "石史施时师", "liao": "廖", "jia": "贾", "xia": "夏", "fu": "付傅符",
    "fang": "方房", "bai": "白柏", "zou": "邹", "meng": "孟蒙", "xiong": "熊", "qin": "秦覃", "qiu": "邱仇", "yin": "尹殷", "xue": "薛",
    "yan": "闫严颜晏", "duan": "段", "lei": "雷", "hou": "侯", "long": "龙", "tao": "陶", "mao": "毛", "hao": "郝", "gong": "龚宫巩", "shao": "邵",
    "wan": "万", "qian": "钱", "dai": "戴", "mo": "莫", "kong": "孔", "xiang": "向项", "kang": "康", "wen": "温文", "niu": "牛", "ge": "葛",
    "xing": "邢", "an": "安", "qi": "齐祁戚", "yi": "易", "qiao": "乔", "pang": "庞", "ni": "倪", "zhuang": "庄", "nie": "聂", "yue": "岳乐",
    "zhai": "翟", "zhan": "詹", "ou": "欧区", "ouyang": "欧", "geng": "耿", "guan": "关管官", "lan": "兰蓝", "jiao": "焦", "zuo": "左", "gan": "甘",
    "bao": "包鲍", "ning": "宁", "shang": "尚商", "shu": "舒", "ruan": "阮", "ke": "柯", "ji": "纪季吉姬", "mei": "梅", "tong": "童佟", "ling": "凌",
    "bi": "毕", "shan": "单", "pei": "裴", "huo": "霍", "tu": "涂", "miao": "苗缪", "gu": "顾谷古", "sheng": "盛", "qu": "曲瞿屈", "situ": "司", "sima": "司",
}  # fmt: skip
"""Chinese surnames in Latin letters: `Mr Wang` may be 王芳. A whole name in pinyin is her surname and an unknown one."""

SAYS_NOTHING = _words("""
    he she they him her it them someone somebody unknown notknown tbc tbd pending department thedepartment adepartment
    seesummary seeabove asabove some several various others yes 他 她 它 他们 她们 某人 某个 某位 那位 这位 那个人 这个人 某些 某些人 个别 个别人 个别人员
    其他 其他人 部分人员 人员 是 对 有人 部门 某部门 有关部门 相关部门 待定 待查 不详 未知 见反映问题 见上 同上
""")
"""What stands in About for want of a name, folded: it says neither who is meant nor that nobody is."""
