-- What came into a month after it was locked is told under each report: one seek a month, however many vouchers it holds.
create index voucher_month on voucher (substr(voucher_date, 1, 7));
