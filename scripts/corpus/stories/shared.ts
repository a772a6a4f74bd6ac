/** Beats that many stories share: how people come in, and how a story says good night. */
import { lines } from '../grammar.ts';

/** A plot is a row of beats; each beat is a list of ways to say it. */
export type Plot = {
	name: string;
	small?: boolean;
	/** What the story is about besides its people and things, for requests: "the moon". */
	subjects: string[];
	share: number;
	beats: string[][];
};

/** Some beats may be left out. */
export const maybe = (beat: string[], silent = 0.5): string[] => [
	...beat,
	...Array<string>(Math.round((beat.length * silent) / (1 - silent))).fill('')
];

export const scenery = lines(`
	That day $weather, and {nobody|no one|only a $animal} {minded|hurried|complained}.
	$weather, and the $animal $at2 {knew it|looked up|went indoors}.
	$weather {that day|by then}, all the way from $place2 to $place3.
	Outside, $weather, and a $animal {sat|slept|waited} $at2.
	It smelled of $food all the way $to2.
	A $animal {watched|saw it all} from {behind a|under a} $colour {cart|bench|bucket}.
	$at2 a $colour $animal {was asleep|looked up|turned round}.
	{Nobody|Only a $animal|Only $friend} $at2 {noticed|looked up|said a word}.
`);

export const company = lines(`
	$B {came by|stopped|looked in} with $food and {looked at|walked round} the $thing {twice|$how}.
	"That {is|looks like} a $feeling $thing," said $B, {putting down|with} $food.
	$B, {who was on the way|walking} $to2, {put down|dropped} a $adj2 $thing2 and {helped|stayed}.
	Then $B {arrived|came} from $place2 with $food, and {that helped|nobody was sad}.
	$A {shared|ate} $food with $B, and they {thought|talked} about the $thing {$how|for a while}.
	$B {brought|lent} $Ahim a $adj2 $thing2, {which was kind|$how}, and $food, {which was kinder|too}.
	"{Ask|Try} $C," said $B. "$C once {had|found|mended} a $thing like {this|that} $at2."
`);

export const ending = lines(`
	{That evening|Afterwards|Later} $A and $B {ate|shared} $food {beside|next to} the $thing $at2.
	$A {paid|thanked} $B with $food, and $B {asked for|wanted} nothing more than {a song|$food2}.
	Mr Pell {wrote|put} $food in the tab book, {between|after} $food2 and {the moon|a $animal}.
	{It|All of it} went on the tab, {right after|just under} $food and the $adj2 $thing2.
	In the tab book it {says|reads}: $food for $B, {paid|to be paid} {with a song|some day|on $day}.
	{Whoever|Anyone who} comes $to2 may see the $adj $thing and {say hello|ask for $A}.
	The $animal $at2 {tells|told} it differently, but {it was not|only $B was} there.
	The moon {saw|heard} {it all|everything} from {above|over} $place2 and told {only the|a} $animal.
	$B {still talks|often talks} about it {on $day|when it rains|$at3}, and $A {only|just} {smiles|nods}.
	"{Next|Another} time," said $B, "{we take|bring} $food." And {so|that is what} they did.
	$A {gave|lent} $B the $adj2 $thing2 {for ever|until $day}, and that was {that|the end of it}.
	{Since then|From then on} $A {greets|nods to} every $thing $at2, and {one|a $adj one} nods back.
	{That is all|Nothing more happened}, except that a $animal {ate|took} {the rest|all} of $food.
	$C {missed|slept through} {all of it|the best part}, and had to be told over $food.
	And $A {slept well|went home happy|went to bed}, with the $thing {near|not far from} $Ahis {bed|door}.
	They {hung|put} a {sign|note} $at2: "{Thanks|Thank you}, $B." {The|A} $animal {read|liked} it.
	The day ended with $food $at2, and {$friend|a $animal} {asked|waited} for {more|some}.
	$A {kept|wrote down} {one thing|the answer}: {ask|trust} $B first, and a $animal {last|never}.
`);
