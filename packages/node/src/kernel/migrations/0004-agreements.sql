-- Instruments as they were loaded, the facts of their lives, and the decisions of the gate.
create table instrument (
  id text primary key,
  subject text not null check (subject in ('information', 'logistics')),
  terms text not null, -- exact JSON of the terms
  texts text not null, -- JSON list of the parsed texts, one a language
  profile_hash text not null, -- of the profile compiled from `terms`
  loaded_at bigint not null
);

-- Facts are added, never removed.
create table instrument_fact (
  instrument text not null references instrument (id),
  id text not null,
  date text not null, -- 2016-11-23, where the instrument reckons its dates
  kind text not null,
  fact text not null, -- exact JSON
  loaded_at bigint not null,
  primary key (instrument, id)
);

-- Everything a decision rested on, kept once by its hash, so that it can be decided again.
create table profile (
  hash text primary key,
  instrument text not null,
  text text not null
);

create table policy_set (
  hash text primary key,
  policies text not null,
  schema text not null
);

create table decision_input (
  hash text primary key,
  inputs text not null
);

create table decision (
  id text primary key,
  act text not null,
  actor text not null,
  matter text, -- null: asked about no matter, such as an order that was only checked
  permitted boolean not null,
  reasons text not null, -- JSON list, most important first; empty when permitted
  because text not null, -- JSON list of citations; empty when refused
  policy_hash text not null references policy_set (hash),
  profile_hash text references profile (hash),
  input_hash text not null references decision_input (hash),
  at bigint not null
);
create index decision_by_matter on decision (matter, at);
create index decision_by_time on decision (at);
