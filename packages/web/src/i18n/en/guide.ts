/** The guide of the exercise: what comes next, where, and as whom. */
export const guide = {
  label: 'Guide of the exercise',
  step: 'Step {{index}} of {{count}}',
  next: 'Next:',
  all: 'All steps',
  hide: 'Hide the guide',
  show: 'Show the guide',
  goHere: 'Take me there',
  goThere: 'Open the console of {{nation}}',
  doneNext: 'Done, next step',
  signInAs: 'Sign in as: {{who}}',
  youAre: 'You are signed in as {{who}}.',
  switchPerson: 'Sign out, to sign in as: {{who}}',
  noConsole: 'Its address is not known here; it was printed when the exercise was started.',
  command: 'On the command line',
  look: 'A report about a launch waits for its release. Read it as a release authority.',
  approveFirst: 'Approve it as the first release authority. You sign the digest that you see.',
  approveSecond: 'Approve it as the second release authority. That signature releases it to Korea.',
  openRefused:
    'Try to open the report as an officer without need-to-know. It is refused: the page says which of the two is missing, and whom to ask.',
  open: 'Open it as an officer who has clearance and need-to-know.',
  receipt: 'Sign the receipt. It returns to Japan as proof.',
  opened: 'See in Japan what happened in Korea: received, accepted, opened, by which office, when.',
  evidence: 'Export the evidence of the item, and verify the file without node or network.',
  order: 'Try to order fuel from the other nation. Japan and Korea have no agreement on supplies in force.',
  breakProof:
    'Break the proof: change one byte of the evidence file, and verify it again. It says what broke.',
  finished:
    'You have sent, approved, been refused, opened, proved and broken a proof. Take any role and go on.',
  again: 'Begin the guide again',
}
