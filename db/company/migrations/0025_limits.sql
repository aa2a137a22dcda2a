-- What one caller may fill: far more than work needs, far less than harms. One code for all, limit/reached.

create trigger draft_rows_have_a_limit before update of version on voucher_draft
begin select raise(abort, 'limit/reached') where (select count(*) from voucher_draft_row where draft = new.id) > 20000; end;
--> statement-breakpoint
create trigger drafts_have_a_limit before insert on voucher_draft
begin select raise(abort, 'limit/reached') where (select count(*) from voucher_draft where deleted_at is null) >= 5000; end;
--> statement-breakpoint
create trigger comments_have_a_limit before insert on voucher_comment
begin select raise(abort, 'limit/reached') where (select count(*) from voucher_comment where ledger_version = new.ledger_version) >= 1000; end;
--> statement-breakpoint
create trigger screen_layouts_have_a_limit before insert on screen_layout
begin select raise(abort, 'limit/reached') where (select count(*) from screen_layout where owner = new.owner) >= 500; end;
--> statement-breakpoint
create trigger report_layouts_have_a_limit before insert on report_layout
begin select raise(abort, 'limit/reached') where (select count(*) from report_layout) >= 500; end;
--> statement-breakpoint
create trigger saved_reports_have_a_limit before insert on saved_report
begin select raise(abort, 'limit/reached') where (select count(*) from saved_report where owner = new.owner) >= 500; end;
