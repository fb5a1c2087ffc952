-- Shared by every room: blobs, the courier's lease, settings, idempotent replies, running numbers.
create table blob (
  digest text primary key,
  size_bytes bigint not null check (size_bytes >= 0),
  bytes bytea, -- null: a file of the blob folder
  stored_at bigint not null
);

create table lease (
  name text primary key,
  holder text not null,
  epoch bigint not null,
  until bigint not null
);

create table setting (
  name text primary key,
  value text not null
);

create table idempotent_reply (
  person text not null,
  key text not null,
  request_digest text not null,
  reply text not null,
  at bigint not null,
  primary key (person, key)
);

-- Running numbers per calendar year, taken in the act that uses them.
create table number_series (
  name text not null,
  year bigint not null,
  taken bigint not null check (taken > 0),
  primary key (name, year)
);
