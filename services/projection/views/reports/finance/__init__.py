"""The finance side of reports: what a board, the councils and a client are told about money.

Each module makes sections, and holds beside them the formulas by which its figures are opened.
All read as `asked.reader()`: what is one partner's own stands in that partner's report only.
"""
