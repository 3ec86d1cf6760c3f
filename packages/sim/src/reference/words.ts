/** The vocabulary of the reference text: a harbour town, its people and their weather. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const PEOPLE: readonly string[] = words(`
  fisherman baker teacher captain clerk carpenter doctor gardener painter sailor librarian miller
  widow pilot printer smith tailor singer porter lamplighter harbourmaster postman weaver cook
  children neighbours travellers strangers merchants apprentices
`);

export const THINGS: readonly string[] = words(`
  boat net lantern letter basket bridge wall gate window table kettle coat clock bell map ladder
  rope barrel cart ledger door stove mirror chair kite drum sail anchor key book candle garden
  orchard road well fence mill chimney oven pier ferry bench
`);

export const PLACES: readonly string[] = words(`
  harbour market square church mill bridge island lighthouse school workshop cellar attic quay
  village valley forest river hill shore road inn bakery station garden chapel meadow ford
`);

export const DESCRIPTIONS: readonly string[] = words(`
  old quiet narrow bright heavy broken patient careful clever distant early empty faded familiar
  gentle golden green grey honest hollow hungry iron late little lonely lucky modest new ordinary
  pale plain proud rusty silent slow small steady stubborn tired weathered white wide wooden
`);

export const DEEDS: readonly string[] = words(`
  mended carried painted sold borrowed counted opened closed followed watched remembered forgot
  moved lifted cleaned found lost hid measured described praised repaired searched kept bought
  shared washed guarded numbered noticed inspected
`);

export const MANNERS: readonly string[] = words(`
  slowly quietly carefully again twice gladly reluctantly alone together early late often seldom
  patiently quickly almost barely warmly
`);

export const TIMES: readonly string[] = [
  'in the morning',
  'before dawn',
  'at noon',
  'in the evening',
  'after the storm',
  'on the third day',
  'all winter',
  'in the spring',
  'during the night',
  'when the tide turned',
  'while it rained',
  'at the end of the week',
  'before the bells rang',
  'once a year',
  'as long as anyone could remember',
  'without being asked',
];

export const SAYINGS: readonly string[] = [
  'nobody in the town thought it strange',
  'there was nothing else to be done',
  'that was how it had always been',
  'the sea would decide in any case',
  'every house had its own opinion',
  'it was too late to change the plan',
  'the price of bread had gone up again',
  'one could hear the gulls from there',
  'the wind had turned to the north',
  'such things are easily said',
  'it cost more than it was worth',
  'everyone agreed that it would last',
];
