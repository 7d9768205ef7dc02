"""From raw data to measured, licence-clean weights. The only home of torch (extra ``train``)."""
