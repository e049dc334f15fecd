"""From sources (files, standard input, URLs; plain text, HTML, PDF, JSON lines) to Documents. Begin at ``kg.reading.sources``."""
