/** The desk. */
export const desk = {
  title: 'Desk',
  needs_one: '{{count}} matter needs you.',
  needs_other: '{{count}} matters need you.',
  needsNone: 'Nothing needs you now.',
  needsMe: 'Needs me now',
  waiting: 'Waiting for others',
  information: 'For information',
  needsMeEmpty: 'Nothing needs you. What the rules ask of you appears here, the most pressing first.',
  waitingEmpty: 'You wait for nobody.',
  informationEmpty: 'Nothing new since you last looked.',
  keys: 'j and k move, Enter opens, e marks what is for information as seen',
  due: 'Due',
  overdue: 'OVERDUE',
  waitsOn: 'Waits for {{who}}',
  seenAll: 'Mark all as seen',
  firstStep: 'Write a report',
}
