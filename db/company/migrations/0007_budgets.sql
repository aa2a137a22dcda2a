-- Budgets: named versions of a fiscal year, with a line for each account and its dimensions, and an amount for each month.
-- Nothing here is read by a report of actual figures, and nothing here is ever an entry.

create table budget (
  id text primary key check (id glob 'bud_*'),
  year integer not null references fiscal_year (year),
  name text not null check (length(name) between 1 and 100),
  state text not null default 'draft' check (state in ('draft', 'approved', 'locked')),
  main integer not null default 0 check (main in (0, 1)),       -- the one that reports take when none is named
  note text not null default '',
  revision integer not null default 0,                          -- counts what was saved in its lines
  version integer not null default 1,                           -- counts changes of this row's own fields
  created_at text not null,
  unique (year, name)
) strict;
--> statement-breakpoint
create unique index budget_main on budget (year) where main = 1;
--> statement-breakpoint

-- The account and the dimension values are as written: what is not in the registers is kept, and marked where it is shown.
create table budget_line (
  id integer primary key,
  budget text not null references budget (id) on delete cascade,
  account text not null check (length(account) between 1 and 70),
  dimensions text not null default '{}' check (json_valid(dimensions)), -- keys in order, so that two equal lines are one
  spread text not null default '', comment text not null default '',
  unique (budget, account, dimensions)
) strict;
--> statement-breakpoint

-- An amount in øre, debit +, credit −. No row: nothing was budgeted, which is not the same as zero.
create table budget_cell (
  line integer not null references budget_line (id) on delete cascade,
  month text not null check (month glob '????-??'),
  amount integer not null check (abs(amount) < 9000000000000000),
  by text not null, at text not null,
  primary key (line, month)
) strict, without rowid;
--> statement-breakpoint

-- A key that a year's sum is spread by: a weight for each calendar month.
create table budget_season (
  key text primary key check (length(key) between 1 and 40),
  name text not null check (length(name) between 1 and 100),
  weights text not null check (json_array_length(weights) = 12)
) strict, without rowid;
--> statement-breakpoint

-- Of two who save at the same time the slower reads again, so nobody's amount is written over unseen.
create trigger budget_saved_in_order before update of revision on budget when new.revision <> old.revision + 1
begin select raise(abort, 'budget/contended'); end;
--> statement-breakpoint
-- No sum of a report is larger than this, so each can be told as a number (below 2^53).
create trigger budget_within_bounds before update of revision on budget
  when (select total(abs(c.amount)) from budget_line l join budget_cell c on c.line = l.id where l.budget = new.id) >= 9000000000000000
begin select raise(abort, 'amount/too-large'); end;
--> statement-breakpoint
create trigger budget_saved_as_draft before update of revision on budget when old.state <> 'draft'
begin select raise(abort, 'budget/not-draft'); end;
--> statement-breakpoint
create trigger budget_removed_as_draft before delete on budget when old.state <> 'draft'
begin select raise(abort, 'budget/not-draft'); end;
--> statement-breakpoint
create trigger budget_cell_added before insert on budget_cell
  when (select state from budget where id = (select budget from budget_line where id = new.line)) <> 'draft'
begin select raise(abort, 'budget/not-draft'); end;
--> statement-breakpoint
create trigger budget_cell_changed before update on budget_cell
  when (select state from budget where id = (select budget from budget_line where id = new.line)) <> 'draft'
begin select raise(abort, 'budget/not-draft'); end;
--> statement-breakpoint
create trigger budget_cell_removed before delete on budget_cell
  when (select state from budget where id = (select budget from budget_line where id = old.line)) <> 'draft'
begin select raise(abort, 'budget/not-draft'); end;
