/** @file What there is to play with, in the order of the lessons that use it. */
export const exhibits = [
	{
		slug: 'spike-and-stream',
		name: 'Spike and stream',
		what: 'The bar of the training beside the tab of your answer, from one reader to everyone.'
	},
	{
		slug: 'next-token',
		name: 'Next token',
		what: 'One token on its way: every candidate on a ruler, and the number that is drawn.'
	},
	{
		slug: 'inside',
		name: 'Look inside',
		what: 'One short text on its way through the model: every row, every look back, every score.'
	},
	{
		slug: 'freeze-proof',
		name: 'Freeze proof',
		what: 'A fingerprint of all weights after every prompt, and after every step of training.'
	},
	{
		slug: 'till-roll',
		name: 'Till roll',
		what: 'A chat turn by turn, and how often its beginning is sent again.'
	},
	{
		slug: 'bill',
		name: 'The bill',
		what: 'One run on the price cards of several years, line by line, with and without a cache.'
	},
	{
		slug: 'training-lens',
		name: 'Training lens',
		what: 'One training, from 31 to 206 million dollars: every way of counting on one axis.'
	},
	{
		slug: 'final-run',
		name: 'Final run',
		what: 'From two numbers to operations, hours, dollars and electricity, beside eleven real runs.'
	},
	{
		slug: 'training-runs',
		name: 'Training runs',
		what: 'What is known of all trainings on record, by date, each line ten times the one below.'
	},
	{
		slug: 'crossing',
		name: 'The crossing',
		what: 'When using a model has taken as much work as training it: for you, a class, everyone.'
	},
	{
		slug: 'price-time-machine',
		name: 'Price time machine',
		what: 'One bill at the prices of any day since 2021, and why the bill went up all the same.'
	},
	{
		slug: 'watt-hours',
		name: 'Watt-hours',
		what: 'The electricity of one answer and of one training: every number, and what it counted.'
	},
	{
		slug: 'two-phases',
		name: 'Two phases',
		what: 'Reading a long prompt against writing a long answer, timed on your own machine.'
	},
	{
		slug: 'train-it-here',
		name: 'Train it here',
		what: 'A small model learns in your tab, from noise to sentences, and then it stops for good.'
	},
	{
		slug: 'fine-tune',
		name: 'Fine-tune it',
		what: 'A copy of the pocket model learns a line of yours in seconds, and forgets some of the rest.'
	}
] as const;

export type Slug = (typeof exhibits)[number]['slug'];
