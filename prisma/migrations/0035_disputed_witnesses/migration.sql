-- A witness that could not be reached and one that contradicts the audit log are not the same news.
alter table "audit_witness" add column "is_disputed" BOOLEAN NOT NULL DEFAULT false;
