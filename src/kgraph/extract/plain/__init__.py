"""Plain texts: where documents, headings, datelines and bodies begin where no markup says so."""
