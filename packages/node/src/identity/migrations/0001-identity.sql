-- People, as offices and never by name; their keys, clearances, need-to-know and sessions; the partners' directories.
create table person (
  id text primary key, -- for example 'analyst'
  office text not null,
  organisation text not null,
  roles text not null, -- JSON array, sorted
  password text, -- PHC string; null until set with a one-time code
  one_time_code text, -- digest of the code that sets the first password
  one_time_code_until bigint,
  active_from bigint not null,
  active_until bigint
);

-- Signing keys; at most one of a person is not withdrawn. Public keys stay, to verify old signed acts.
create table person_key (
  key_id text primary key,
  person text not null references person (id),
  public_key text not null, -- SPKI DER, base64
  private_key_sealed text, -- PKCS8 under a key derived from the password; null once withdrawn
  made_at bigint not null,
  withdrawn_at bigint
);
create index person_key_person on person_key (person);

-- Failed sign-ins by claimed name, whether or not a person has it.
create table sign_in_failure (
  person text primary key,
  failures bigint not null,
  locked_until bigint not null,
  last_at bigint not null
);

create table clearance (
  id text primary key,
  person text not null references person (id),
  marking text not null,
  reason text not null,
  valid_from bigint not null,
  valid_until bigint not null check (valid_until > valid_from),
  granted_by text not null,
  revoked_at bigint,
  revoked_by text
);
create index clearance_person on clearance (person);

create table need_to_know (
  id text primary key,
  person text not null references person (id),
  scope text not null, -- 'matter:<id>' or 'category:<code>'
  reason text not null,
  valid_from bigint not null,
  valid_until bigint not null check (valid_until > valid_from),
  granted_by text not null,
  revoked_at bigint,
  revoked_by text
);
create index need_to_know_person on need_to_know (person);
create index need_to_know_scope on need_to_know (scope);

create table session (
  token_hash text primary key,
  person text not null references person (id),
  key_id text not null references person_key (key_id),
  private_key_sealed text not null, -- under a key derived from the session's token
  started_at bigint not null,
  seen_at bigint not null
);
create index session_person on session (person);

-- The partners' directories (directory.entered, directory.withdrawn), one row per entry.
create table partner_person (
  nation text not null,
  key_id text not null,
  person text not null,
  office text not null,
  organisation text not null,
  public_key text not null,
  authorities text not null, -- JSON array
  valid_from bigint not null,
  valid_until bigint,
  entered_index bigint not null, -- of the statement, in the partner's log
  ended_index bigint, -- of the statement that replaced or withdrew the entry
  withdrawn boolean not null default false,
  primary key (nation, key_id, entered_index)
);
