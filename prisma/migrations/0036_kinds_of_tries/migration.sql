-- What is tried is counted by its kind: tries of one must not use up those of another. A web process of before knows passwords alone by address.
alter table sign_in_attempt add column kind text not null default 'password';
drop index sign_in_attempt_account_at_idx;
drop index sign_in_attempt_address_at_idx;
create index sign_in_attempt_kind_account_at_idx on sign_in_attempt (kind, account, at);
create index sign_in_attempt_kind_address_at_idx on sign_in_attempt (kind, address, at);
create index sign_in_attempt_kind_at_idx on sign_in_attempt (kind, at);
