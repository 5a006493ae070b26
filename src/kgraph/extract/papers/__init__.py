"""Papers within papers: documents that quote, enclose or announce others, each made a record."""
