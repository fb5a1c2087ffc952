/** The rules of the nation itself that refusals cite, in plain words; `spec/` has them in full. */
export const national = {
  rule_1:
    'Nothing is provided, accepted or ordered unless an agreement in force covers it. What came under an agreement stays protected after its end.',
  rule_2: 'Nothing crosses unless both nations hold the same terms and the link with the partner is open.',
  rule_3:
    'Only the offices named for it act: analysts and release authorities release, release authorities approve, supply officers order.',
  rule_4: 'Nobody approves what they wrote.',
  rule_5: 'A release needs the signatures of two release authorities.',
  rule_6: 'Opening or approving needs a clearance that is valid and reaches the marking.',
  rule_7: 'Opening needs a need-to-know, granted for the matter or its category.',
  rule_8: 'What another nation provided goes no further without that nation’s written consent.',
  rule_9:
    'What cannot be decided is refused: the rules could not be evaluated on these facts. Tell the administrator.',
  rule_ID_1:
    'A person is an office: an id, a title and an organisation, never a name. An id is given once. Titles are one line of visible characters.',
  rule_ID_3:
    'A person may do what one of their roles allows, and nothing else. An administrator gives the roles.',
  rule_ID_5:
    'A person acts only between the dates of their office. Outside them they cannot sign in or sign.',
  rule_ID_6:
    'Who is withdrawn can no longer sign in or sign, at once; partners are told. What they signed before stays provable.',
  rule_ID_7:
    'Nobody changes their own roles, renews their own code or withdraws themselves, and the last administrator stays.',
  rule_ID_12:
    'A password has 15 to 128 characters and is neither a repeated pattern nor mainly one’s own office or organisation.',
  rule_ID_13: 'A sign-in that fails says nothing of why: whether the office exists is not told.',
  rule_ID_14:
    'There is no default password. An administrator gives a one-time code, good once and for seven days.',
  rule_ID_15:
    'Five failures in a row lock a name for a minute; each further one doubles that, up to an hour.',
  rule_ID_18: 'A node looks at a few passwords at a time and asks the others to wait.',
  rule_ID_31: 'A session ends after a while without use, and after eight hours in any case.',
  rule_ID_40:
    'A clearance is to one of the nation’s own markings, between two dates, with a reason. A security officer grants and revokes it.',
  rule_ID_42: 'A need-to-know covers one matter or one category, between two dates, with a reason.',
  rule_ID_43: 'Nobody grants themselves a clearance or a need-to-know.',
  rule_ID_44: 'A revocation counts from its instant on. One may lay down one’s own right.',
  rule_ID_52:
    'A partner’s entry in the directory is taken if its key is sound, its dates are in order and the key was never another person’s.',
  rule_ID_53:
    'Once a key is withdrawn in the partner’s log, what is said after that place binds nobody, whatever date it bears.',
  rule_ID_54:
    'An act binds a nation only when its directory has the person’s key, the signature holds, and the person had the authority that day.',
  rule_EXC_21:
    'Only its author changes a draft, and only until it is released. A change voids the signatures.',
  rule_EXC_23: 'One signs the version that one saw. If it has changed since, it is shown again first.',
  rule_EXC_60:
    'An item is opened by a person whose clearance reaches its marking and whose need-to-know covers it, for the purpose it was provided for. Rank alone does not suffice (Arts 6(c), 7.1, 7.2).',
}
