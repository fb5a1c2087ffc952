-- Loaded instruments, their facts, and the profiles that nations declare.
create table instrument (
  id text primary key,
  subject text not null,
  terms text not null, -- exact JSON of the terms
  texts text not null, -- JSON list of the parsed texts, one per language
  profile_hash text not null, -- of the profile compiled from `terms`
  loaded_at bigint not null
);

-- Facts are added, never removed.
create table instrument_fact (
  instrument text not null references instrument (id),
  id text not null,
  date text not null, -- 2016-11-23, in the instrument's time zone
  kind text not null,
  fact text not null, -- exact JSON
  loaded_at bigint not null,
  primary key (instrument, id)
);

-- Every profile that this node has compiled.
create table profile (
  hash text primary key,
  instrument text not null,
  text text not null
);

-- A new version with every change of an instrument or a fact, so that a cached copy can be checked.
create table law (
  id integer primary key check (id = 1), -- one row, once an instrument was loaded
  version text not null
);

-- The last profile that a partner declared to us, and that we declared to it.
create table partner_profile (
  nation text not null,
  instrument text not null,
  profile text not null,
  declared_at bigint not null,
  primary key (nation, instrument)
);
create table our_profile (
  nation text not null,
  instrument text not null,
  profile text not null,
  declared_at bigint not null,
  primary key (nation, instrument)
);
