"""Reports as people read them: one document as a page, a workbook, a PDF, in Dutch and English.

What a report says is `contracts.reports`; here it only gets its words and its form.
"""
