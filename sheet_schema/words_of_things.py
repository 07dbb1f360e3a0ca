"""Ordinary words with which people say what a case is about, when it is about nobody: `Head lice`, `Traffic on Church Lane`, 早高峰.
Data of `automation/ledger/names/only_things.py`, as `naming.py` is."""

from __future__ import annotations

from sheet_schema.words_beside import words

THINGS = words("""
    lost_property car_park building_work building_works building_site building_sites construction_site construction_work construction_works web_site work_site site_next_door nursery_next_door playgroup
    head_lice head_injury head_injuries head_louse head_count head_start headphones headset headline headlines head_scarf headscarf headscarves nit_letter nit_check
    sports_day open_day open_days inset_day training_day book_day mufti_day non_uniform_day pupil_free_day school_day day_trip day_trips day_out day_visit snow_day snow_days bank_holiday bank_holidays results_day
    fun_day taster_day transition_day induction_day theme_day field_day field_trip field_trips field_work mark_sheet mark_sheets mark_scheme mark_schemes mark_book exam_marks test_marks homework_marks maths_marks marks_in_exams
    play_area play_equipment play_ground play_time playtime play_scheme book_bag book_bags book_fair book_fairs book_club bell_times gate_times hall_floor hall_booking cross_country cross_curricular
    summer_fair summer_fete spring_fair winter_fair may_fair school_run grass_cutting rose_garden grace_before_meals ice_rink ice_on_paths frost_on_paths ground_frost rain_damage storm_damage king_size
    school_place school_places window_cleaner window_cleaners window_cleaning bin_men bin_man bin_lorry bin_lorries ice_cream_man lorry_driver lorry_drivers delivery_drivers delivery_van road_sweeper
    data breach privacy gdpr cctv camera cameras password passwords record records database leaflet leaflets flyer flyers form_filling paperwork consent_form consent_forms permission_slip permission_slips
    phone_call phone_calls telephone_call telephone_calls communication communications correspondence conversation discussion attitude rudeness conduct treatment response responses lateness punctual truancy truants exclusions exclusion suspension suspensions detention detentions discipline_policy sanctions sanction rewards reward merit merits behaviour_policy fairness
    scheme schemes project projects programme programmes programs course courses class_size class_sizes class_sizes_in_reception scheme_of_work lesson_plans lesson_times setting_arrangements streaming sets workload spellings
    property belongings coat coats jumper jumpers hoodie hoodies trousers socks trainers jewellery earrings haircut haircuts hair makeup nails piercings bag bags lunchbox lunchboxes locker lockers bottle bottles toy toys
    sats sat sats_results gcse gcses gcse_results a_levels a_level_results phonics_check phonics_screening baseline assessment assessments mocks mock_exam mock_exams coursework qualifications prospectus league_tables ofsted_report
    dog dogs fox foxes rat rats mouse mice pigeon pigeons wasp wasps ants spiders bees pests cat cats pest_control dog_mess dog_fouling
    hedge hedges shrubs branches leaves weeds grass bench_seats shelter shelters canopy railings bollard bollards kerb kerbs lane_markings pothole potholes speed_bump speed_bumps speeding parking_spaces yellow_lines zigzags zig_zags
    pta ptfa ptsa friends_association diocese parish_council parentpay parentmail classdojo class_dojo seesaw tapestry google_classroom teams_app arbor sims weduc studybugs myconcern scopay iparentpay
    residential_trip ski_trip exchange_visit overseas_trip camp camps camping sleepover swimming swim lifeguard_cover forest_school outdoor_learning
    nativity pantomime panto carol_concert carol_service choir orchestra band talent_show show shows fireworks disco_night quiz quiz_night raffle raffles tombola bake_sale cake_stall jumble_sale stall stalls celebration celebrations festival festivals
    wrap_around wraparound_care breakfast_club breakfast_clubs after_school_club after_school_clubs after_school_care holiday_club homework_club chess_club football_club clubs_list waiting_list waiting_lists
    allergy allergens nuts dietary diet diets halal_food vegetarian_options vegan_options portion portions packed_lunch packed_lunches fruit
    asthma infection infections chickenpox chicken_pox measles impetigo scabies ringworm threadworms sickness_bug vomiting_bug covid_19 coronavirus hygiene first_aid medicine medicines medication inhaler inhalers epipen
    asbestos radiators radiator ventilation drains drain drainage sewage sewer roof_leak carpet carpets ceiling floor floors furniture chairs desks lift_access wheelchair_access ramp ramps disabled_access toilets_smell litter_bins skip skips scaffolding crane_work
    homework_load home_learning online_learning remote_learning remote_lessons zoom_lessons lesson_cover supply_cover staffing staff_shortage staff_shortages staff_turnover class_changes seating_plan seating class_mixing mixed_classes
    lessons lesson music_lessons piano_lessons driving_lessons swimming_lessons swimming_gala gala galas match matches fixture fixtures tournament tournaments training_session race races
    bus_pass bus_passes bus_fare bus_fares bus_stop bus_stops bus_times bus_route seat_belts seatbelts cycle_lane cycling scooters scooter walking_bus lollipop_crossing zebra_crossing crossing_patrol
    brochure website_page social_media facebook_group whatsapp_group facebook_post group_chat tiktok snapchat cyberbullying phone_ban phone_policy phone_calls phone_system switchboard voicemail
    christmas_play christmas_dinner christmas_party school_play leavers_assembly leavers_hoodies leavers_ball prom_tickets yearbook yearbooks school_photos class_photo class_photos photo_day
    ballot referendum strike strikes industrial_action closure closures snow weather heatwave power_cut power_cuts lockdown lockdown_drill evacuation bomb_threat break_in theft thefts vandalism graffiti trespass trespassing intruder_alarm
    school_budget budget spending finances invoice invoices refund refunds deposit deposits subscription subscriptions voucher vouchers free_school_meals pupil_premium bursary_fund hardship_fund grant_money
    transition induction settling_in sibling_policy oversubscription appeal appeals admissions_appeal in_year_transfer term_time_holiday holiday_request leave_of_absence fines fine_notice
    sex_education rse_lessons assembly_times collective_worship prayers prayer_room uniform_shop second_hand_uniform pe_kit pe_lessons pe_lesson gym_kit
    早高峰 晚高峰 高峰期 上学高峰 放学高峰 上下学高峰 上学高峰期 放学高峰期 早晚高峰 高峰时段 早高峰拥堵 高考 中考 小升初 会考 学考 高考报名 中考报名 高考志愿 高中 初中 小学 方案 图书馆 阅览室
    补课 停车 体育课 课堂 课堂教学 图书 图书角 早读 晚读 早自习 晚自习 住宿 住校 走读 校园网 校园卡 饭卡 校园环境 校园安全 校园欺凌 校园霸凌 作业量 作业量大 作业过多 作业负担 课业负担 学业负担 商贩 小贩 摊点 流动摊贩 声音 施工 施工噪音 施工扰民 扰民
    入学资格 资格 积分 积分入学 报名 报名费 招生政策 招生简章 划片 片区 学区划分 摇号 借读 升学 升学率 毕业典礼 毕业证 开学典礼 典礼 入学典礼 入学手续 转学手续 手续 证明 其他事项 其他问题 杂事
    教学 教学质量 教学进度 教学方法 教学内容 质量 进度 课程 课程安排 课间 课间操 早操 广播操 眼保健操 体测 体检 疫苗接种 接种 消毒 传染病 水痘 诺如 手足口病 近视 头虱 虱子 食品 饭堂 菜品 饭菜质量 饭菜价格 价格 餐饮 配餐 用餐 就餐
    班级群 家长群 家校沟通 沟通 公示 排班 值日 卫生间卫生 洗手台 楼顶 雨棚 车棚 自行车棚 自行车 电动车 接送 接送区 上下学 上学 放学 上学路 堵车 交通堵塞 路口 红绿灯 斑马线 人行道 公交站 站台 限行 禁停 乱停车 车流
    树木 树枝 落叶 蚊虫 蚊子 老鼠 流浪狗 流浪猫 狗 犬 花草 草木 塑胶跑道 跑道异味 暖气不热 空调坏了 停水 停电 断电 漏电 隐患 安全隐患 消防通道 监控 摄像头 门禁 栏杆 护栏 井盖
    研学旅行 夏令营 冬令营 社会实践 实践活动 劳动课 音乐课 美术课 数学课 语文课 英语课 班会 讲座 竞赛 比赛 文艺汇演 演出 艺术节 科技节 读书节 图书节 家长开放日 开放日 六一活动 元旦晚会 毕业照 照片 拍照
    隐私 信息泄露 数据泄露 网课 直播课 直播 晚托 午托 午休 午睡 寄宿 床位 被褥 校车路线 校车时间 校车费 乘车 保险 学平险 押金 退费 退款 乱收费 捐款 赞助费 择校费 校刊 校歌 校徽 校牌 校规校纪 发型 头发 染发 仪容仪表
""")
"""What is nobody, alone or together with the things, the groups and the words below."""

BETWEEN = words("of in at on for from to by with about near outside during before after and")
"""Between a thing and what more is said of it."""

SAID_OF_THINGS = BETWEEN | words("""
    a an the our my his her their its this that these those some other another all any no is are was were & class classes year years yr form my_son's
    practice rehearsal rehearsals meeting booking bookings hire trouble problem problems issue issues matter question questions query enquiry complaint concerns concern
    lost found new old big small late early poor bad broken dirty dangerous unsafe cold hot loud noisy smelly missing stolen damaged unfair unclear wrong incorrect high low long short cancelled cancellation delayed delay delays lack shortage overflowing blocked
    residential swimming reading writing spelling christmas easter summer winter spring autumn halloween ramadan eid diwali daily weekly monthly annual yearly final mid half term_time morning afternoon lunchtime lunch_time playtime break break_time home_time night weekend
    online free paid extra first second third infant infants junior juniors primary secondary nursery reception lower upper main front back side rear outside inside outdoor indoor next door local nearby opposite near around
    church_lane school_lane mill_lane station_road church_road school_road high_street main_road london_road green_lane park_road village town city street_parking
    use misuse state condition quality size amount level levels number choice provision arrangements arrangement access changes change closing opening start end finish collection pickup dropoff times time
    whole all during before after over under into onto between since until about across inside outside off up down out not no too very much many more less few still being done going open closed full empty shut short
    building construction repairs repair maintenance cleaning painting resurfacing noise_from work next_door our_road the_road opposite_school outside_school
    周边 隔壁 附近 校园 门口 校门外 校内 校外 旁边 对面 楼上 楼下 早 晚 大 小 多 少 过 太 不 难 慢 差 贵 脏 乱 吵 量 上 下 前 后 外 内 里 新 旧 坏 破 冷 热 早上 晚上 中午 下午 上午 期间 平时 周末 期末 期中 学期 暑期 寒期 春季 秋季 夏季 冬季
    安排 问题 情况 事宜 事项 方面 相关 有关 关于 的 及 和 与 或 等 过多 过少 太多 太少 过大 过重 过早 过晚 过高 不足 不够 不好 不公 不公平 不合理 不规范 不清 不明 拥堵 堵塞 混乱 紧张 严重 频繁 缺少 缺乏 没有 取消 推迟 延期 调整 变更 更换 维修 损坏 老化 破损 投诉 反映 咨询 建议
""")
"""What stands beside them and names nobody, either."""

TRAVEL = words("trip trips outing outings excursion excursions journey journeys coach_trip tour tours")
"""Behind these and `to` a word with a capital is a place: `School trip to France`."""

BUILDINGS = (
    "楼",
    "路",
    "街",
    "小区",
    "大厦",
    "大桥",
    "校区",
    "社区",
    "新村",
    "花园",
    "公园",
    "广场",
    "体育馆",
    "图书馆",
    "教学楼",
    "实验楼",
    "宿舍楼",
    "综合楼",
    "办公楼",
    "公寓",
    "大道",
    "巷",
)
"""Right behind a given name alone these are what is called so: 志远楼, 晓东小区."""

DEEDS = words("""
    conduct attitude behaviour behavior rudeness tone comments comment remarks remark response responses reply replies answer answers decision decisions letter letters email emails e_mail message messages call calls phone_call
    treatment handling management actions action manner language words statement statements refusal failure failings failing lack inaction silence conversation conversations communication communications correspondence contact discussion meeting meetings
    complaint complaints allegation allegations concern concerns report reports feedback advice apology promise promises threat threats shouting bullying harassment discrimination favouritism bias unfairness teaching marking discipline punishment
    sanction detention exclusion request requests question questions visit visits interview advice criticism insult insults swearing lateness absence performance competence negligence neglect dishonesty aggression hostility abuse misconduct
    incident incidents dispute argument disagreement altercation issue issues problem problems trouble support poor bad no delay delays slow late rude unkind inappropriate unprofessional unfair repeated aggressive
""")
"""What somebody does or says, and nobody by itself: `Conduct of Mr Dean`, `Lack of response from the Head`."""

BEHIND_DEEDS = words("of from by with to towards toward about against re regarding at")
"""Between that and whose it is."""
