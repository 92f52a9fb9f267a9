"""T306: a thôn that stands on one of two tied sheets only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import row_key
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import TableContext


@rule("T306", forms=lambda form: form.tie)
def row_unpaired(context: TableContext) -> Iterator[Finding]:
    """Một thôn có ở biểu này nhưng không có ở biểu đối ứng.

    Thường do ghi tên thôn khác nhau ở hai biểu. Cách xử lý: ghi cùng một tên thôn ở cả hai biểu, bổ sung thôn còn thiếu.
    """
    for other_id in dict.fromkeys(line.form for line in context.form.tie):
        other_form = next((form for form in context.request.forms if form.id == other_id), None)
        other = context.tables.get(other_id)
        if other is None or other_form is None or not other.rows:
            continue
        for table, form, partner, partner_form in ((context.table, context.form, other, other_form), (other, other_form, context.table, context.form)):
            names = {row_key(row, partner_form)[0] for row in partner.rows}
            unread = any(not row.cells[name].valid for row in partner.rows for name in partner_form.key[:1] if name in row.cells)
            for row in table.rows if partner.rows and not unread else ():  # an unread name may be the one that is missed
                cells = row.known(form.key[0])
                if cells is not None and row_key(row, form)[0] not in names:
                    yield Finding(
                        cells[0].location,
                        f"{row.label[:1].upper()}{row.label[1:]} có ở {form.sheet} nhưng không có ở {partner_form.sheet}.",
                        f"Ghi cùng một tên ở cả hai biểu, hoặc bổ sung dòng còn thiếu vào {partner_form.sheet}.",
                        found=str(cells[0].value),
                    )
