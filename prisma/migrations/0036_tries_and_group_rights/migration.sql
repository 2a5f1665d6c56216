-- What is tried is counted by its kind: tries of one must not use up those of another. A web process of before knows passwords alone by address.
alter table sign_in_attempt add column kind text not null default 'password';
drop index sign_in_attempt_account_at_idx;
drop index sign_in_attempt_address_at_idx;
create index sign_in_attempt_kind_account_at_idx on sign_in_attempt (kind, account, at);
create index sign_in_attempt_kind_address_at_idx on sign_in_attempt (kind, address, at);
create index sign_in_attempt_kind_at_idx on sign_in_attempt (kind, at);

-- What a group gives counts while the provider has confirmed it lately: whoever is taken out of a group may never sign in again.
alter table group_grant add column good_until timestamptz(6) not null default now() + interval '7 days';
update group_grant set good_until = granted_at + interval '7 days';
