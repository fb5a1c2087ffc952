-- Recorded decisions. What they rest on is stored once, by its hash, so that every decision can be replayed.
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
  action text not null,
  actor text not null,
  matter text, -- null: about no matter, such as an order that was only checked
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
