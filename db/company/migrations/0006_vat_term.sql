-- How often the company reports VAT, and the way from a term to its vouchers: the date on the document decides the term.
alter table company add column vat_term text not null default 'two-months' check (vat_term in ('two-months', 'year'));
--> statement-breakpoint
create index voucher_documented on voucher (document_date);
