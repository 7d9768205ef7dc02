"""Raw data → one schema, checked: records, import, duplicates, leakage, licences. No torch here."""
