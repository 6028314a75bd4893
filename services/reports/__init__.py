"""Reports: one file each, listed here. A new one is a file and a line; the charts page, the command line and the exports follow."""

from __future__ import annotations

from collections.abc import Mapping

from services.errors import BadInput
from services.reports.regions import REGIONS
from services.reports.report import Column, Kind, Param, Report, RunReport, Span, Table, parse_day
from services.reports.sales_by_day import SALES_BY_DAY
from services.reports.sales_by_hour import SALES_BY_HOUR
from services.reports.top_goods import TOP_GOODS

REPORTS: tuple[Report, ...] = (SALES_BY_DAY, SALES_BY_HOUR, REGIONS, TOP_GOODS)

__all__ = ["REPORTS", "Column", "Kind", "Param", "Report", "RunReport", "Span", "Table", "parse_day", "report_named", "report_query"]


def report_named(key: str) -> Report:
    """Raises BadInput("report_unknown") for a name that is not in the registry."""
    for report in REPORTS:
        if report.key == key:
            return report
    raise BadInput("report_unknown", name=key, names=", ".join(report.key for report in REPORTS))


def report_query(key: str, given: Mapping[str, str]) -> RunReport:
    """The query for a report and what was asked of it in words: `from`, `to` (2026, 2026-11 or 2026-11-22), `by`.

    Raises BadInput for an unknown report or parameter, or a day that is none; an impossible choice is refused when it runs.
    """
    report = report_named(key)
    known = [param.key for param in report.params]
    for name in given:
        if name not in known:
            raise BadInput("report_param", report=key, name=name, names=", ".join(known))
    first, last = given.get("from"), given.get("to")
    return RunReport(
        report,
        parse_day(first) if first else None,
        parse_day(last, end=True) if last else None,
        given.get("by", ""),
    )
