"""What people call those who may know of an allegation about a stranger: whoever works in the office, and the person outside
the school. Data of `automation/ledger/names/among_the_few.py`."""

from __future__ import annotations

from sheet_schema.words_beside import words

AROUND = words(
    "a an the the_school the_academy our your this that one some any of all every each both several most member members school academy student main 学校 本校 我校 该校 你校 贵校 的 一名 一位 某 某位 那位 这位"
)
"""What stands around these words and says nothing more."""

OFFICE_POSTS = words("""
    receptionist receptionists secretary secretaries clerk clerks admin admins administration admin_staff admin_team admin_office admin_officer admin_officers admin_lady admin_ladies admin_person
    admin_assistant admin_assistants admin_worker admin_department administrative_staff administrative_assistant administrative_officer administrative_team clerical_staff clerical_assistant clerical_officer office_assistant office_administrator
    office_manager office_secretary office_receptionist office_admin office_clerk office_girl office_girls office_woman office_women office_man office_member office_employee member_of_office_staff member_of_the_office_staff member_of_admin_staff
    reception reception_staff reception_team reception_lady reception_ladies reception_desk reception_desk_staff front_desk front_desk_staff front_office front_office_staff front_of_house lady_at_reception lady_on_reception person_at_reception person_on_reception
    woman_in_the_office man_in_the_office ladies_in_the_office staff_in_the_office women_in_the_office people_in_the_office everyone_in_the_office everybody_in_the_office somebody_in_the_office lady_at_the_front_desk person_at_the_front_desk school_sec sec
    complaints_clerk correspondence_clerk data_clerk typist
    文员 前台 前台人员 前台工作人员 前台老师 前台文员 前台接待 接待 接待处 接待室 接待前台 办公室工作人员 办公室文员 办公室老师 办公室教师 办公室职员 办公室员工 办公室干事 办公室科员 办公室秘书 办公室主任 办公室副主任 办公室负责人 办公室办事员
    办公室那位 办公室那位老师 办公室接待 办公室接待人员 办公室值班人员 办公室里的人 办公室里的老师 办公人员 行政人员 行政文员 行政老师 行政秘书 行政办公室 行政办 行政干事 行政前台 秘书 文书 文秘 办事员 收发员 收发室 校办工作人员 校办人员 校办文员 校办老师 校办秘书 校办主任 校办的人 信访室 信访办公室 信访接待室 窗口 窗口人员 窗口工作人员
""")
"""The office may be meant, if nobody is called so, and somebody else as well."""

GOVERNORS = words("""
    governor governors governing_body governing_board board board_of_governors board_of_the_governors governors_board governor_board body_of_governors full_governing_body local_governing_body gb fgb lgb
    board_members board_member member_of_the_board members_of_the_board member_of_the_governing_body members_of_the_governing_body governing_council governing_committee governors_committee governance governance_team
    trustee trustees board_of_trustees trustees_board trust_board board_of_directors directors parent_governor parent_governors staff_governor staff_governors lea_governor la_governor foundation_governor community_governor co_opted_governor link_governor safeguarding_governor
    school_board school_council_board clerk_to_the_governors clerk_of_the_governors clerk_to_governors governors_clerk
    校董会 校董 校董们 董事会 董事 董事们 理事会 理事 理事们 理事会成员 校董会成员 董事会成员 校务理事会 监事会 监事 学校理事会 学校董事会 校董事会 校理事会 各位校董 各位理事 校董会的人 理事会的人 董事会的人 各位董事 全体校董 全体理事 理事会全体
""")
"""Whoever is called a governor, or has the role, may be meant, and if nobody is and has, whoever is outside the school."""

CHAIRS = words("""
    chair chairman chairwoman chairperson chair_of_governors chair_of_the_governors governors_chair governors’_chair governor_chair head_of_governors head_of_the_governors lead_governor chief_governor head_governor top_governor senior_governor
    chairman_of_governors chairman_of_the_governors chairwoman_of_governors chairwoman_of_the_governors chairperson_of_governors chairperson_of_the_governors cog c_o_g chair_of_gov chair_of_govs chair_of_gb chair_of_the_gb
    chair_of_the_board chairman_of_the_board chairwoman_of_the_board board_chair board_chairman chair_of_board chair_of_the_governing_body chair_of_governing_body chairman_of_the_governing_body chair_of_the_governing_board chair_of_governing_board
    chair_of_the_board_of_governors chair_of_board_of_governors chairman_of_the_board_of_governors chair_of_trustees chair_of_the_trustees chairman_of_trustees chairman_of_the_trustees chair_of_the_board_of_trustees chair_of_the_trust chair_of_the_trust_board
    vice_chair vice_chairman vice_chairwoman vice_chairperson vice_chair_of_governors vice_chair_of_the_governors deputy_chair deputy_chair_of_governors co_chair co_chair_of_governors acting_chair acting_chair_of_governors former_chair_of_governors new_chair_of_governors
    董事长 理事长 副董事长 副理事长 校董会主席 董事会主席 理事会主席 校董会主任 校董会负责人 董事会负责人 理事会负责人 学校董事长 学校理事长 监事长
    领导小组组长 领导小组副组长 信访领导小组组长 信访工作领导小组组长 领导小组负责人 领导小组成员
""")
"""Any of the governors may be meant, if nobody is called so."""

CALLED_GOVERNORS = ("governor", "trustee", "校董", "董事", "理事", "监事")
"""What stands in the name or other name of somebody who is one."""
