"""Tables for a clinician, a spreadsheet or a researcher."""
