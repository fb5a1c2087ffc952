-- People as offices, never names; their keys, clearances, need-to-know and sessions; the partner's directory.
create table person (
  id text primary key, -- for example 'analyst'
  office text not null,
  organisation text not null,
  roles text not null, -- JSON array
  password text, -- PHC string; null: must be set by an administrator's one-time code
  one_time_code text, -- hash of the code with which the first password is set
  public_key text, -- SPKI base64, made at first sign-in
  key_id text,
  private_key_sealed text, -- PKCS8 under a key derived from the password
  failures bigint not null default 0,
  locked_until bigint not null default 0,
  active_from bigint not null,
  active_until bigint
);

create table clearance (
  person text not null references person (id),
  marking text not null,
  valid_from bigint not null,
  valid_until bigint not null,
  granted_by text not null,
  primary key (person, marking, valid_from)
);

create table need_to_know (
  id text primary key,
  person text not null references person (id),
  scope text not null, -- 'matter:<id>' or 'category:<code>'
  reason text not null,
  valid_from bigint not null,
  valid_until bigint not null,
  granted_by text not null
);
create index need_to_know_person on need_to_know (person);

create table session (
  token_hash text primary key,
  person text not null references person (id),
  private_key_sealed text not null, -- under a key derived from the session token itself
  started_at bigint not null,
  seen_at bigint not null
);

-- What the partner has said of its people (directory.entered, directory.withdrawn).
create table partner_person (
  nation text not null,
  key_id text not null,
  person text not null,
  office text not null,
  organisation text not null,
  public_key text not null,
  authorities text not null,
  valid_from bigint not null,
  valid_until bigint,
  entered_index bigint not null,
  withdrawn_index bigint,
  primary key (nation, key_id)
);
