"""Gendered forms of many texts: one module a job, all with one line in and one line out."""
