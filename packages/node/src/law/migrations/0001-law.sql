-- Instruments as they were loaded, the facts of their lives, and what the two nations declare of them.
create table instrument (
  id text primary key,
  subject text not null,
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

-- Every profile that was ever compiled here.
create table profile (
  hash text primary key,
  instrument text not null,
  text text not null
);

-- Changes with every change of an instrument or a fact: whoever holds the law of this version need not read it again.
create table law (
  id integer primary key check (id = 1), -- one row, once something was loaded
  version text not null
);

-- Which profile a partner says that it has compiled for an instrument, and which we told it that we have.
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
