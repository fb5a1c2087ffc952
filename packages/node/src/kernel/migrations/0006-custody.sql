-- When a statement of ours was given its place in the log, and when the partner's node had it.
alter table matter_statement add column placed_at bigint;
alter table matter_statement add column cosigned_at bigint; -- by the partner's clock, as its cosignature says
create index matter_statement_place on matter_statement (log, log_index);
