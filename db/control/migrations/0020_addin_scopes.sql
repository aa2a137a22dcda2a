-- A sign-in of the Excel add-in says what it may do, when its person last signed in, and which browser's key alone may renew it.
-- Those made before have no key: one signs in once more.

delete from addin_code;
--> statement-breakpoint
delete from addin_access;
--> statement-breakpoint
delete from addin_refresh;
--> statement-breakpoint
alter table addin_code add column scopes text not null default 'read';
--> statement-breakpoint
alter table addin_code add column signed_in_at text not null default '';
--> statement-breakpoint
alter table addin_refresh add column scopes text not null default 'read';
--> statement-breakpoint
alter table addin_refresh add column public_key text not null default '';  -- P-256, the uncompressed point as base64url
--> statement-breakpoint
alter table addin_access add column scopes text not null default 'read';
--> statement-breakpoint
alter table addin_access add column signed_in_at text not null default '';
