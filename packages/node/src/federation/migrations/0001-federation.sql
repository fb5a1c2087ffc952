-- Partners, the logs of their links and the national log.
create table partner (
  nation text primary key,
  state text not null check (state in ('invited', 'open', 'frozen')),
  card text not null, -- exact text of the partner's card: keys, address, suite
  our_card text not null,
  cards_digest text not null, -- of both cards: they are wide, and read again only when it is a new one
  confirmed_at bigint,
  frozen_code text,
  evidence text, -- what proves the fork or rollback; never repaired
  failures bigint not null default 0,
  retry_at bigint not null default 0,
  last_contact_at bigint,
  last_error text
);

-- One row per log: 'out/KR' what we say to KR, 'in/KR' what KR says to us, 'national' our own.
create table log (
  name text primary key,
  origin text not null,
  size bigint not null default 0,
  frontier text not null default '',
  checkpoint text, -- newest signed note over `size`
  witnessed_size bigint not null default 0, -- largest size that the partner has cosigned
  witnessed_note text, -- the note that the partner cosigned last
  note_size bigint not null default -1, -- the size that it is over; -1 when there is none
  applied bigint not null default 0 -- for 'in' logs: entries below have had their effect
);

create table log_entry (
  log text not null references log (name),
  index bigint not null,
  bytes bytea not null,
  leaf_hash bytea not null,
  blobs text, -- JSON list of the digests of content that the entry names, in our own logs
  primary key (log, index)
);

-- Hashes of perfect subtrees of 256, 65536, … entries (height-8 tiles of C2SP tlog-tiles); leaves are in log_entry.
create table log_subtree (
  log text not null references log (name),
  level bigint not null check (level > 0), -- tile level: subtrees of 2^(8 * level) entries
  index bigint not null,
  hash bytea not null,
  primary key (log, level, index)
);

-- Content that a statement of the partner names and that has not arrived yet.
create table blob_wanted (
  nation text not null,
  digest text not null,
  size_bytes bigint not null,
  asked_at bigint not null default 0,
  failures bigint not null default 0,
  retry_at bigint not null default 0,
  last_error text,
  primary key (nation, digest)
);

-- Content that the partner may fetch, because a statement to it names it.
create table blob_offered (
  nation text not null,
  digest text not null,
  primary key (nation, digest)
);

-- Appended by an act in its own transaction; given its index by the one courier.
create table log_pending (
  id bigint generated always as identity primary key,
  log text not null,
  bytes bytea not null,
  blobs text,
  statement text,
  kind text -- of the statement; null in the national log
);
create index log_pending_order on log_pending (log, id);

-- Every partner witnesses our national log (C2SP tlog-witness), and we theirs.
create table witnessed (
  nation text not null,
  direction text not null check (direction in ('ours', 'theirs')),
  size bigint not null,
  note text not null,
  at bigint not null,
  primary key (nation, direction)
);

-- An entry that could not be applied: answered with a code, kept for people to look at.
create table parked (
  nation text not null,
  index bigint not null,
  code text not null,
  place text not null,
  at bigint not null,
  primary key (nation, index)
);

-- Statements by matter, both directions, for folding.
create table matter (
  id text primary key,
  kind text not null,
  home text not null,
  partner text not null,
  state text not null,
  own_count bigint not null default 0,
  partner_count bigint not null default 0,
  updated_at bigint not null
);
create index matter_partner on matter (partner, updated_at);

create table matter_statement (
  matter text not null references matter (id),
  by_home boolean not null,
  ordinal bigint not null, -- place among the statements of that side about this matter
  seen bigint not null,
  kind text not null,
  statement text not null, -- statement id
  log text not null,
  log_index bigint, -- null until the courier has given it one
  bytes bytea not null,
  at bigint not null,
  placed_at bigint, -- when a statement of ours was given its place in the log
  cosigned_at bigint, -- when the partner's node had it, by the partner's clock
  primary key (matter, by_home, ordinal)
);
create unique index matter_statement_id on matter_statement (statement);
create index matter_statement_unsequenced on matter_statement (log) where log_index is null;
create index matter_statement_place on matter_statement (log, log_index);
