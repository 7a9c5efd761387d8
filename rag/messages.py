"""Everything the product says in its own words, in one table."""

from __future__ import annotations

MESSAGES = {
    "period_ended": "所引文件自定的实施期（{basis}）已过；是否继续有效，文本未载明。",
    "repealed": "所引文件中有已被废止的，仅供查考。",
    "original_decides": "以原文为准",
    # refusals: what was not found, and what to try
    "not_stated": "政策未规定：收录的文本没有写到这一点。可以换个说法，或写明地区和事项再问，例如“虹口区在线教育由哪些部门负责”。",
    "value_not_stated": "政策未规定：相关条款没有写明{what}。可以改问条款写了什么，或向主管部门核实。",
    "department_not_stated": "政策未规定：“{topic}”一条的原文没有写明责任部门。可以改问该条写了什么。",
    "body_not_stated": "政策未规定：{place}的文本没有给“{body}”写明任务。可以换用文本里的部门名称再问。",
    "place_not_in_corpus": "本库未收录{places}的文件，不能用别处的规定代答。本库收录：{known}。可以改问这些地区。",
    "document_not_in_corpus": "本库未收录“{document}”。本库收录：{known}。可以改问这些文件。",
    "out_of_scope": "这个问题不在收录的政策范围内。可以问政策里的任务、目标、数字和责任部门，例如“嘉定跨境电商谁牵头”。",
    "unsafe": "这个请求不能照办。可以问政策里的任务、目标、数字和责任部门。",
    "empty_clause_search": "没有找到相关条款。可以换个说法再试。",
    # answers
    "responsible": "{topic}由{names}负责",
    "role_names": "{role}：{names}",
    "topic_roles": "{topic}的{roles}",
    "denied_body": "原文没有写由{claimed}负责。",
    "denied_role": "原文没有写由{claimed}牵头。",
    "denied_number": "原文没有“{claimed}”的说法，写的是{stated}。",
    "half_missing": "本库未收录{places}的文件，只能答{known}。",
    "only_one_says": "{place}的文本没有写到这一点。",
    "tasks": "{body}的任务{roles}共 {total} 项，已全部列出：",
    "tasks_in": "《{title}》{count}项：",
    "list": "{heading}共 {total} 项，已全部列出：",
    "count_of_bodies": "共 {total} 项，已全部列出：",
    "no_such_clause": "{document}没有“{address}”。{heading}下有：{known}。",
    "ambiguous_clause": "“{address}”可以指下面几处，请说明是哪一份文件、哪一部分：",
    "ambiguous_body": "“{body}”在几个地区都有，分别列出：",
    "not_printed": "《{title}》文本未载明{what}",
    "issuer": "《{title}》由{value}印发",
    "issued_on": "《{title}》于{value}印发",
    "issuer_and_date": "《{title}》由{issuer}于{date}印发",
    "document_number": "《{title}》的文号是{value}",
    "addressees": "《{title}》印发给：{value}",
    "implements": "《{title}》是根据、落实下列文件制定的：{value}",
    "implemented_by": "落实《{title}》的文件有：{value}",
    "period": "《{title}》自定的实施期写作“{value}”",
    "period_now": "文本是否继续有效，未载明",
    "annexes": "《{title}》有{count}个附件：{value}",
    "parts": "《{title}》{part}分{count}个部分：{value}",
}
ROLES = {"lead": "牵头", "responsible": "责任", "cooperating": "配合", "participating": "参与"}
VALUES = {
    "phone": "电话",
    "money": "金额",
    "percent": "比例",
    "address": "地址",
    "website": "网址",
    "materials": "所需材料",
    "deadline": "办理时限",
    "person": "具体人员",
    "count": "数量",
}
