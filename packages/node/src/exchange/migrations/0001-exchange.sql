-- Information: drafts here, items on both sides, assurances, and the comparison of registers.
-- Content, sealed at upload under a key that only this node can unwrap.
create table content (
  id text primary key,
  owner text not null,
  payload_digest text not null,
  size_bytes bigint not null,
  plain_size_bytes bigint not null,
  plain_digest text not null, -- keyed by this node: recognises content that was received from another nation
  content_digest text not null, -- salted; with the metadata it makes the commitment
  commitment text not null,
  segment_table text not null,
  own_wrap text not null, -- content key, wrapped to this node
  metadata_sealed text not null, -- title, file name, media type and salt, under the content key
  at bigint not null
);

-- Reports that are being written and approved.
create table draft (
  id text primary key,
  author text not null,
  state text not null check (state in ('writing', 'submitted', 'released')),
  partner text not null,
  organisation text not null,
  instrument text not null,
  marking text not null,
  receiver_marking text not null,
  category text not null,
  purpose text not null,
  derived_from text not null default '[]',
  content text not null references content (id),
  control text unique, -- assigned when it is first submitted
  proposal text, -- the exact text to approve
  proposal_digest text,
  updated_at bigint not null
);

create table approval (
  draft text not null references draft (id),
  proposal_digest text not null,
  person text not null,
  signed_act text not null, -- JSON; {} for the verdict refuse
  verdict text not null check (verdict in ('submit', 'approve', 'refuse')),
  reason text,
  at bigint not null,
  primary key (draft, proposal_digest, person)
);

create table item (
  id text primary key references matter (id),
  control text not null unique,
  originator text not null,
  recipient text not null,
  organisation text not null,
  instrument text not null,
  profile text not null,
  marking text not null,
  receiver_marking text not null,
  category text not null,
  purpose text not null,
  registered text, -- the receiver's register number
  proposal text not null,
  manifest text not null,
  payload_digest text not null,
  payload_size_bytes bigint not null,
  content text references content (id), -- at the originator only
  direction text not null check (direction in ('sent', 'received')),
  state text not null,
  released_at bigint,
  received_at bigint,
  accepted_at bigint,
  receipted_at bigint,
  plain_digest text -- as in content; null at the receiver until the item is read
);
create index item_plain on item (plain_digest);
-- The register is listed newest first; ids order the items of one instant.
create index item_recent on item (coalesce(received_at, released_at) desc, id desc);
create index item_state on item (direction, state);
-- The register is searched by the beginning or the end of a number; without these indexes a search reads every item.
create index item_control_begins on item (control text_pattern_ops);
create index item_control_ends on item (reverse(control) text_pattern_ops);
create index item_registered_begins on item (registered text_pattern_ops);
create index item_registered_ends on item (reverse(registered) text_pattern_ops);

create table opening (
  item text not null references item (id),
  person text not null,
  office text not null,
  outcome text not null check (outcome in ('opened', 'refused', 'receipted')),
  code text,
  decision text,
  at bigint not null,
  id text primary key
);
create index opening_item on opening (item, at);

create table assurance (
  id text primary key,
  by_nation text not null,
  to_nation text not null,
  instrument text not null,
  organisation text not null,
  text text not null, -- the exact text that was signed
  signed_act text not null, -- JSON
  valid_from bigint not null,
  valid_until bigint not null,
  withdrawn_at bigint,
  entered_index bigint
);

-- The last comparison of registers with each partner.
create table reconciliation (
  nation text primary key,
  outcome text not null check (outcome in ('waiting', 'agreed', 'differs')),
  our_count bigint not null,
  our_root text not null,
  their_count bigint,
  their_root text,
  differences text not null default '[]', -- JSON list
  at bigint not null
);
