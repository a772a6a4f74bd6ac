/** Objects by kind. The kind decides what can go wrong with one and how it is put right. */
import { lines, words } from './grammar.ts';

/** What goes wrong, what follows from it, what a helper does, and how things stand afterwards. */
export type Trouble = { bad: string; so: string; fix: string; good: string };
export type Kind = { things: string[]; adjectives: string[]; small: boolean; troubles: Trouble[] };

/** Four lines a trouble: bad, so, fix, good. */
function troubles(text: string): Trouble[] {
	const all = lines(text);
	const list: Trouble[] = [];
	for (let i = 0; i + 3 < all.length; i += 4) {
		const [bad, so, fix, good] = all.slice(i, i + 4) as [string, string, string, string];
		list.push({ bad, so, fix, good });
	}
	return list;
}

export const kinds: Record<string, Kind> = {
	vessel: {
		things: words('kettle bucket jug teapot barrel basin bowl bottle tub pot pan mug vase'),
		adjectives: words('blue brown tin copper round dented old heavy little yellow speckled'),
		small: true,
		troubles: troubles(`
			{leaked|dripped} {at the bottom|on one side|into every shoe}
			{the cat|a $animal|the floor} {had|got} {most of the|all the|half the} {tea|water|milk}
			{closed|stopped|filled} the {hole|leak} with {wax|a cork|tar|a chewed crust|clay}
			{has not lost|does not lose} a drop
			had lost {its handle|its lid|its handle and its lid}
			nobody could {lift|carry|pour from} it without {two|wet} {hands|sleeves}
			{made|carved|bent} a new {one|part} from {a spoon|driftwood|wire|an old {oar|fork}}
			{pours|sits|stands} {like new|better than before|straight and proud}
			{whistled|hummed|sang} {at night|in the dark|whenever it was empty}
			{the whole street|the house|the {baker's|neighbour's} dog} {woke up|could not sleep}
			{put|tucked} a {sock|cork|pebble|leaf} under the {lid|rim}
			{is quiet|hums softly|sings only on Sundays}
			{had a crack|was cracked} {from top to bottom|as thin as a hair}
			it could {only|at best} {hold|keep} {buttons|feathers|dry beans}
			{glued|tied|pressed} the two {halves|sides} {together|tight} with {string|honey and lime|resin}
			{holds|keeps} {water|milk|tea} and {a secret|its shape}
		`)
	},
	cloth: {
		things: words(`coat scarf blanket hat sail curtain apron mitten sock quilt flag tent sack shawl
			cap glove cushion hammock tablecloth cape`),
		adjectives: words('red green woollen striped grey patched thin long warm faded yellow spotted'),
		small: true,
		troubles: troubles(`
			{had a hole|was torn} {in the middle|at one corner|as wide as a {plate|hand}}
			{the wind|a $animal|the rain} {went|looked|came} straight through it
			{sewed|stitched} {it up|the hole shut} with {net string|a green thread|a fish bone needle}
			{is warmer|is stronger|looks better} than {before|when it was new}
			had {shrunk|become small} in the {wash|rain|tub}
			it {fitted only|was just right for} a $animal
			{knitted|added|sewed on} a {wide|striped|second} {border|piece} of {sailcloth|wool}
			{fits|is long enough for} {everyone|two people|anyone} who asks
			{smelled|smelt} of {fish|onions|wet dog|smoke}
			{even the gulls|the neighbours|three {cats|dogs}} {moved|stepped} to the other side
			{hung|left} it {over the bridge|in the lavender|in the sea wind} for {a night|three days}
			smells of {bread|apples|grass and rain|nothing at all}
			{flew|blew} {off|away} {whenever|each time} the {wind|breeze} {turned|rose}
			{$Ahe|$A} had to {run after|catch|climb for} it {twice|again and again}
			{tied|fastened|pinned} it with {a boat knot|two big buttons|a fish hook without a point}
			{stays|keeps} where it {is|belongs}, even in {a storm|March}
		`)
	},
	tool: {
		things: words(`hammer chisel rake spade ladder broom shovel brush anchor oar hoe mop plough
			pump fork`),
		adjectives: words('rusty old long short stubborn good heavy worn crooked wooden iron borrowed'),
		small: true,
		troubles: troubles(`
			{had a loose handle|was loose at the top|wobbled at every stroke}
			{half|most} of the {work|job} {went|landed} {in the river|on $Ahis toes|beside the path}
			{drove|pushed|tapped} a {wedge|peg|nail} into the {end|top}
			{works|sits} {as tight as a {nut|knot}|like new|without a word}
			was {too heavy|too long|too big} for {one person|anyone under twelve|$Ahim}
			it {stood|stayed|lay} {in the corner|against the wall} and {looked|seemed} {pleased|important}
			{cut|sawed|planed} {a piece|a hand's width} off the {end|handle}
			{can be lifted with one hand|weighs no more than a wet cat}
			was {red|brown} with rust
			it {squeaked|complained|groaned} {louder than|like} {a $animal|the ferry|an old gate}
			{rubbed|cleaned|polished} it with {sand|oil|half an onion|butter paper}
			{shines|gleams} {so much that|until} {gulls|people|children} {stop to look|look at themselves in it}
			{snapped|broke} {in two|in the middle|on the {first|last} day}
			there was {too little|not enough} {left to|of it to} {hold|lean on|be useful}
			{bound|joined} the {pieces|halves} with {rope|leather|copper wire|tarred string}
			is {stronger at|proudest of} the {place|spot} where it broke
		`)
	},
	light: {
		things: words('lantern lamp candle torch stove oven'),
		adjectives: words('small green brass smoky old bright tall iron round little'),
		small: false,
		troubles: troubles(`
			{would not light|went out|refused to burn} {on windy days|after supper|before midnight}
			{$A|everyone in the house} {found|bumped into} {the table|the cat|each other} in the dark
			{trimmed|cut} the {burnt end|black part} and {wiped|cleaned} the {glass|iron}
			{burns|glows} {all night|until morning|without blinking}
			{smoked|coughed} like {a chimney|an old uncle|wet hay}
			{the ceiling|the washing|$Ahis nose} {turned|went} {grey|black}
			{pulled|took|fished} {a $animal feather|a sock|an old nest} out of the {top|pipe}
			{burns|shines} as {clear|clean} as {water|a bell}
			{blinked|flickered} {at the wrong time|at every boat|whenever someone sang}
			{two|three} {ferries|boats|fishers} {blinked|waved} back
			{turned|moved} the {little wheel|wick|small door} {a hair|a finger} to the left
			{blinks|flickers} only {on birthdays|when asked}
		`)
	},
	music: {
		things: words('whistle drum fiddle bell trumpet horn piano flute organ harp accordion'),
		adjectives: words('silver dusty old wooden loud shy brass little second-hand golden'),
		small: false,
		troubles: troubles(`
			had {lost its voice|gone silent|no sound left}
			{the band|the Sunday choir|the dance} had to {hum|clap|whistle} instead
			{shook|blew|brushed} {a $animal feather|a dry pea|a button|sand} out of it
			{can be heard|sounds} {across the river|as far as the lighthouse|round three corners}
			{played|knew} only one {note|tune|sound}
			{everyone|the whole street} {knew|had heard} it by {heart|breakfast}
			{tightened|loosened|warmed} {one screw|the small parts|it over a stove}
			{knows|plays} {seven|nine|twelve} {tunes|songs} and {half of another|one of them well}
			{sounded|cried} like {a goose|a wet gate|a sleepy cow}
			{a real goose|the donkey|a $animal} {answered|came} {every time|from far away}
			{rubbed|oiled} it with {goose fat|lamp oil|beeswax}
			sounds {so soft|so sweet} that {babies sleep|the geese sit down}
		`)
	},
	paper: {
		things: words('songbook postcard map kite notebook poster calendar picture ticket diary atlas'),
		adjectives: words('thin old folded torn thick yellow secret long-lost creased painted'),
		small: true,
		troubles: troubles(`
			had {lost|dropped} {a page|one corner|its {first|last} line}
			nobody {could say|knew} {how it ended|where it led|what came next}
			{wrote|drew|made} a new {piece|part} {by hand|in green ink|on baker's paper}
			ends {better|more happily} than {before|anyone remembers}
			was {wet|soaked} {through|to the last corner}
			{the ink|the blue|every word} {ran|swam} {down $Ahis sleeve|towards the sea}
			{dried|pressed} it {between two loaves|under a cheese|on the warm oven door}
			can be {read|used} again, and smells of {bread|cheese|smoke}
			was {upside down|written backwards|full of {blots|holes}}
			{people|three {sailors|aunts}} {walked|went} {the wrong way|into the reeds}
			{held|turned} it {up to|towards} {a mirror|the window} and {copied|traced} it
			{makes|has made} sense {since|to almost everyone}
		`)
	},
	wheel: {
		things: words('cart bicycle wagon wheelbarrow pram scooter'),
		adjectives: words('green rattling old wobbly three-wheeled red long muddy narrow blue'),
		small: false,
		troubles: troubles(`
			had lost a wheel {on the hill|near the bridge|in the mud}
			it {went|ran|rolled} {in circles|only to the left|like a duck}
			{put on|fitted} {a barrel lid|a round cheese box|a cake tin} {instead|as a wheel}
			{runs|goes} {straight|faster than the ferry|with a {nice|soft} rattle}
			{squeaked|squealed} {at every turn|on every stone}
			{the dogs|all the geese|the hens} {sang|howled|marched} along {behind it|after $Ahim}
			{oiled|greased} the {wheels|axle} with {butter|duck fat|lamp oil}
			{is so quiet|rolls so softly} that {nobody|no cat} {hears it|wakes up}
			{rolled|went} off by itself {every night|on hills|when nobody held it}
			{$A found it|it turned up} {in the duck pond|outside the school|beside the sea} {next day|later}
			{carved|made|tied on} a {brake|stopper} from {an old shoe|a block of wood|a door wedge}
			{stops|stays|waits} {where it should|when told|politely at corners}
		`)
	},
	wood: {
		things: words(`table chair bench door gate shelf cupboard stool bed box chest cradle fence desk
			drawer window`),
		adjectives: words('wobbly wide old oak painted green low heavy plain creaking yellow narrow'),
		small: false,
		troubles: troubles(`
			{wobbled|rocked|leaned} {to the left|whenever someone sneezed|like a boat}
			{the soup|every {cup|plate}|the {ink|milk}} {slid|ran|wandered} {away|onto the floor}
			{pushed|slid|put} {a folded letter|a slice of cork|a flat stone} under one {corner|side}
			{stands|is} as {still|calm} as {the square at night|a sleeping cow}
			{creaked|squeaked|groaned} {all night|at every touch|in two voices}
			{the mice|the neighbours} {wrote|sent|left} a {polite|short} {note|letter}
			{rubbed|treated} it with {soap|candle wax|bacon fat}
			{says|makes} {nothing at all|no sound|one small sound, for old times' sake}
			{was stuck|would not move} {in wet weather|on Mondays|since the flood}
			{$A|the cat} {had to|could only} {climb over|go round|wait}
			{planed|sanded|shaved} {the edge|a thumb's width} {off|smooth}
			{opens|moves} with {one finger|a breath|a polite word}
			had lost {a leg|a hinge|one board|a corner}
			{it|the poor thing} {stood|hung} {like a heron|at an angle|on one side}
			{carved|made|sawed} a new {part|piece} from {a mast|an old oar|a broken sledge}
			{walks|stands} {proudly|straight|better than most chairs}
		`)
	},
	boat: {
		things: words('boat raft canoe dinghy'),
		adjectives: words('wooden old blue small flat leaky white patient narrow'),
		small: false,
		troubles: troubles(`
			had {a hole|a leak} {in the bottom|near the front|as big as a plum}
			{it could not sail|the river came in to look|$Ahis feet were always wet}
			{closed|stopped} the {hole|leak} with {a plank|tar and rope|a barrel lid|an oak board}
			is back on the water
			{would not leave|refused to leave} the {bank|jetty|mud}
			{the ducks|two otters|the gulls} {moved in|built on it|held a meeting there}
			{dug|pushed|pulled} it free with {two planks|a spade and some songs|a donkey}
			{goes|sails} {out each morning|with the tide|wherever the tide likes}
			{leaned|went} {to one side|to the left|in circles}
			{it|the trip} always {ended|came} {back where it began|home too early}
			{moved|shifted} the {stones|heavy box|bench} {to the other side|to the middle}
			{sails|goes} as straight as {a ruler|a heron's leg}
		`)
	},
	fine: {
		things: words(`watch key ring button coin compass spoon mirror telescope umbrella comb marble
			thimble basket purse pencil`),
		adjectives: words('silver small bent shiny old lucky copper round odd plain brass grey'),
		small: true,
		troubles: troubles(`
			was bent {like a hook|in the middle|out of shape}
			it {pointed|looked} {the wrong way|round corners|at the ground}
			{laid|put} it {under the piano|on a warm stone|under a wheel} and {tapped|pressed} it
			is {almost straight|as good as ever|straight again}
			had {turned|gone} {green|black|dull}
			{people|everybody} {took it for|mixed it up with} {a {leaf|beetle}|an old bean}
			{rubbed|polished} it with {chalk|vinegar|a woollen sock|ash}
			{shines|sparkles} {like a wet stone|in any pocket|when the moon looks in}
			was {stuck|wedged} {in a crack|between two stones|in a jar of honey}
			{three|two|five} {strong|clever} people {pulled|pushed} and {fell over|gave up}
			{poured|dripped} {oil|warm water|soap} {over it|round it} and {waited|sang}
			{came|slid} out {by itself|with a pop|quite politely}
			{was broken|had come apart} in {two|three} pieces
			{$A|$Ahe} carried {half|part} of it in {each|every} pocket
			{joined|glued|tied} the {pieces|parts} with {fish glue|silver wire|thread}
			has been {in one piece|whole|fine} since {then|that day}
		`)
	},
	food: {
		things: words('loaf cake pie bun cheese pudding pancake tart'),
		adjectives: words('huge flat sweet plain round warm tall burnt lopsided golden crumbly'),
		small: true,
		troubles: troubles(`
			{was flat|would not rise|stayed as flat as a plate}
			it {could be|had to be} {slid|pushed} under {doors|the door}
			{gave|lent|brought} it {a warm blanket|more time|a spoon of honey} and {waited|sang}
			{rose|grew} {as high as a hat|until it touched the lamp}
			was {too hard|hard} {to cut|to bite|for any knife}
			{$A used it|it was used} as a {doorstop|footstool|hat stand}
			{soaked|dipped} it in {warm milk|apple juice|soup}
			{tasted|was} {so good|soft enough} that {nobody spoke|a $animal asked for more}
			was {too salty|very salty|full of salt}
			{everyone|the whole table} drank {the well dry|water until noon}
			{covered|filled|spread} it with {honey|cream|stewed apples}
			{was gone|disappeared} {before noon|in a minute|to the last crumb}
		`)
	}
};

export type Thing = { noun: string; kind: Kind };
export const things: Thing[] = Object.values(kinds).flatMap((kind) =>
	kind.things.map((noun) => ({ noun, kind }))
);
export const smallThings = things.filter((thing) => thing.kind.small);
export const thingNamed = new Map(things.map((thing) => [thing.noun, thing]));
