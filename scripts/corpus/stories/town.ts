/** Stories of the town itself: its moon, its clock, its bakery, its school and its weather. */
import { lines } from '../grammar.ts';
import { ending, maybe, type Plot, scenery } from './shared.ts';

const moon: Plot = {
	name: 'moon',
	subjects: ['the moon', 'the night', 'the moon'],
	share: 14,
	beats: [
		lines(`
			The moon {came down|climbed down} $to $when and {knocked at the door of $A|asked for a $adj $thing}.
			The moon opened the {wooden|$colour} door of {$place|the $thing shop} and asked {for $food|for $A}.
			$when the moon {sat|was found} $at with {a $adj $thing|$food} on her knees.
			The moon {had lost|lost} a $adj $thing and {looked|asked} for it $at.
			"Have you {any|some} {sugar|salt|thread|soap}?" the moon asked $A $when. She {held|carried} a $adj $thing.
			$A {met|found} the moon $at, {asleep|resting|humming} beside a $adj $thing.
			The moon {overslept|had no hat} $when. She {came|arrived} over $place {with|carrying} a $adj $thing.
			The moon {shone|looked} into the {window|kitchen} of $A and {saw|wanted} a $adj $thing.
			The moon {borrowed|took} a $thing {from $A|out of the garden of $A} $when, a $adj one.
		`),
		lines(`
			"{Good evening|Come in}," said $A, {because|for} the moon is a neighbour, and {gave|offered} her $food.
			$A {moved|made room}, and the moon {sat down|lay} {on|beside} the $thing and {ate|tasted} $food.
			She {was|looked} {thin|round|half} that night and {ate|asked for} $food, {then|and after that} $food2.
			"I see your $thing {every night|from above}," she {told|said to} $A. "{It|The $thing} {shines better than I do|is younger than I am}."
			The moon {needed|wanted} the $thing for {one night|the tide|a long trip}, and $A {only|just} asked, "{Which way|Back on $day}?"
			{Where she stood|All around her} $place {turned|became} silver, {and|so that} {a $animal2|the $animal2} {cast|counted} {two shadows|its feet}.
			$A {looked|searched} $at2 {for her|too}, and the moon {held|was} the {lamp|light}.
		`),
		maybe(scenery.slice(2), 0.6),
		lines(`
			$B {walked|came} by and {took|mistook} her for {a cheese|a lamp|the baker's plate}, which made the moon {laugh|blush $colour}.
			Then $B {called|shouted}, "The {tide|ferry} is waiting!" and the moon {remembered|jumped up from} {her work|the $thing}.
			$B {brought|fetched} a ladder and $food, {since|as} the moon {had|could} {forgotten|not find} the way {up|home}.
			The $animal2 {could not sleep|complained}, {so|and} $B {hung|held} a {blanket|cloth} {over|in front of} the moon. She {liked|kept} it.
			"{Write|Put} it {down|on my tab}," the moon told $B, {though|but} she {owes|owed} {for $food|more buns than she has nights}.
			$B {lent|gave} her $bit and {a hat|a $colour hat}, {for|because} it is cold {up there|between the stars}.
		`),
		lines(`
			{Before|Just before} {dawn|breakfast} she {went home|rose}, {over|past} $place3, {with|and took} $food under her arm.
			{In the morning|Next day} there was {silver|light} in the $thing {of $A|$at}, and it {stayed|smelled of $food} until $day.
			She {left|paid with} a {spoon|cup|thimble} of {silver|light} {at|beside} {the door|the $thing}, and $A {keeps|kept} it {in a drawer|for dark days}.
			{Now|Since then} the $thing {shines|glows} a little {on $day|when it is dark}, and $A {reads|sews} by it.
			{When|After} she {had gone|left}, $A {found|saw} a {ring|circle} of {dew|frost} {where|on the place where} the $thing {stood|had been}.
			The moon {brought|gave} the $thing back {on $day|a week later}, {polished|a bit brighter}, {and|together} with $food in it.
			"{Same|At the same} time tomorrow?" {asked|said} $A. "{A little|Somewhat} later," said the moon, who never hurries.
		`),
		ending
	]
};

const clock: Plot = {
	name: 'clock',
	subjects: ['the clock', 'the clock', 'the letters', 'Mrs Tamm'],
	share: 14,
	beats: [
		lines(`
			$when the clock {dropped|lost} {a|the letter} $letter, and it fell {into the $thing of $A|on a $adj $thing}.
			The clock {lost|let go of} {a|one} $letter {in the night|$when}. It {rolled|bounced} $to and {stopped|lay} at the feet of $A.
			$A {found|picked up} a $letter from the clock $at $when, {inside|under} a $adj $thing.
			{At night|$when} the clock {drops|dropped} letters, and {this time|so} a $letter {landed|fell} $at.
			"{It is|Now it is} half past nothing," said $A, {for|because} the clock had lost a $letter {and|over} {a $letter2|$food}.
			A $letter was {missing|gone} from the clock $when, and {nobody|no one} {came|was} {on time|late} for $food.
		`),
		lines(`
			A $animal {carried|took} it $to2 and {used|wore} it as {a hat|a chair|a ring}.
			$A {put|hid} the $letter in {a|the} $thing, where it {hummed|ticked} {until $day|$how|like a small heart}.
			$A {showed|brought} it to $B, who {needed|wanted} a $letter {for|to finish} {a sign|a letter|a name}.
			Without it {the ferry|the school bell|$officer} {was|came} {an hour early|late}, and $friend {ate|had} $food {twice|at midnight}.
			{So|That day} the town {said|called} {lunch|supper} when $B {was hungry|came home}, and $B was {often|always} hungry {for $food|$at2}.
			{Mrs Tamm|The clock mender} {climbed|came} down {for it|at once} and {found|met} $A, $B and a $feeling $animal.
			$A and $B {looked|searched} $at2 and {found|counted} {$bit|$number other letters}, but not the $letter.
			{A word|A clock} {without|that has no} $letter is like {soup without salt|a $thing with no bottom}, {said|wrote} $officer.
		`),
		maybe(scenery, 0.6),
		lines(`
			Mrs Tamm {climbed|went up} the ladder with the $letter {in her teeth|under her hat} and $bit, {while|and} $A held the {ladder|$thing}.
			$B {held|steadied} the ladder, $A {passed|handed} up the $letter, and Mrs Tamm {fixed|fastened} it with $bit.
			{They|$A and $B} {washed|polished} the $letter in {milk|a $thing} and {took|brought} it to Mrs Tamm with $food.
			Mrs Tamm {had|carried} {a basket|a pocket} full of letters and {chose|took} a $letter, but {hung|put} it upside down.
			"{Wait|Careful}!" {called|cried} $B. "{That|This} is {a $letter2|the wrong one}!" Mrs Tamm {ate|took} $food and {began|started} again.
		`),
		lines(`
			{Now|Since then} the clock {says|shows} {$number|noon} again, {though|but} the $letter {leans|looks} {to the left|a little $feeling}.
			{At noon|At last} it {struck|rang} $number, and $A {set the table|ate $food} {at the right time|$how}.
			The clock {kept|holds} {its|the} $letter {until $day|for $number nights}. Then {an S fell|it dropped two} {into the soup|$at3}.
			The $letter {sits|is} {in place|tight} again, and $A {waves|nods} to it {every $day|on the way $to3}.
			{It|The clock} has been {right|on time} {ever since|since then}, {more or less|give or take $food}.
		`),
		ending
	]
};

const bakery: Plot = {
	name: 'bakery',
	subjects: ['the bakery', 'the bakery', 'the tab book', 'Mr Pell', 'the baker', 'the dog'],
	share: 14,
	beats: [
		lines(`
			$when $A {stood|was} in the bakery {with|holding} a $adj $thing and no {coin|money}, {wanting|asking for} $food.
			Mr Pell {opened|turned a page of} the tab book {and read|and said}: "$A, $food. $B, {nothing|$food2}."
			The tab book of the bakery was {gone|wet|full} $when, and $A {saw|noticed} it {first|before Mr Pell}.
			$A the $Ajob {wanted|came} to pay {the|a} tab at the bakery with a $adj $thing.
			The dog Crumb {ate|took} {a page|half a page} of the tab book {$when|behind the oven}, {the one|the page} with $A on it.
			"{Two|Three|Four} loaves and $food," {said|ordered} $A $when. Mr Pell {looked|pointed} at {the|a} $adj $thing on the counter.
			$when Mr Pell baked {a loaf|a bun|a roll} {in the shape of|that looked like} a $thing, and $A {wanted|bought} it.
		`),
		lines(`
			"{That|It} goes on the tab," said Mr Pell, and {wrote|put} it under $food, {next|close} to {the moon|$friend}.
			$B {read|looked} over $Ahis shoulder: "{You|$A, you} owe for $food since $day. I {owe|pay} for {rain|nothing}."
			Mr Pell {counted|went through} the {lines|pages} {$how|with a floury finger}. $friend {owed for|had taken} $food, a $animal {paid|owed} nothing.
			What {goes in|you ask} is {written down|counted}, and also what comes {out|back}: a {question|request} from $A, $food in return.
			"{A|The} tab {is|grows} {small|slowly} and {never sleeps|goes on}," said Mr Pell, {cutting|wrapping} $food for $A and $B.
			$B offered $food2, $C {offered|promised} a $thing2, and a $animal {offered|sang} a song $at2.
			"{The oven|My oven} {was|is} paid for long ago," {said|explained} Mr Pell. "{Each|Every} {loaf|bun} is new {work|flour}, $A."
		`),
		maybe(scenery, 0.55),
		lines(`
			So $A {left|gave} the $thing {as|for} {a pledge|a promise}, {and|but} Mr Pell {used it for flour|put it {by the oven|in the window}}.
			$A {swept|washed} the {floor|oven} $how, and $B {carried|brought} {flour|wood|water}, {past|round} the $thing, until {noon|$day}.
			$B {paid|settled} {for $A|the line} with $food2, {and|so} now $A owes $B {a song|a $thing2}, {which|and that} is on no tab.
			The moon {came|looked} in and {bought|took} {$food|a dozen buns} "on the tab, {please|dear}," and {that was|took} {a whole page|half an hour}.
			$C {found|brought} {the page|a pencil} {$at2|from $place2} and {wrote|read}: "{All|Everyone} {paid|even}, {signed|with love}, {a $animal|the $thing}."
			Mr Pell {tore|cut} {the page|$food} in two. "Half for $A, half for $B, {crumbs|the rest} for {Crumb|a $animal}."
		`),
		ending
	]
};

const school: Plot = {
	name: 'school',
	subjects: ['the school', 'Miss Fenn', 'the school cat', 'the teacher'],
	share: 9,
	beats: [
		lines(`
			$A {brought|took} a $adj $thing to school $when, and {put|set} it on the {desk|table} of Miss Fenn.
			"What is {a|the} $thing {for|made of}?" asked Miss Fenn $when. $A {raised|put up} {a|one} hand.
			$when the school cat {sat|slept} {on|in|under} {a|the} $adj $thing that {belonged to $A|$A had brought}.
			Miss Fenn {wrote|drew} a $thing on the board $when, {and|but} $A {saw|said it was} {a $animal|a $thing2}.
			The {lesson|class} {on $day|that day} was about {the $thing|the $animal}, and $A {knew|had read} {everything|one thing} about {it|that}.
		`),
		lines(`
			"It is for {$food|rain|Sundays}," said $A. "{No|Not so}," said $B, "it is for {$food2|$friend}."
			$B {thought|said} it came from {the sea|$place2}, $C {thought|said} it {was older|came from $place3}, and the cat {thought|dreamed} of $food.
			Everyone {drew|described} it {$how|in $colour}. $B {drew|gave it} {$number legs|a hat}, and $C {drew|added} $food.
			Miss Fenn {let|made} $B {guess|speak} {next|first}: {one|a} word, then the next. "{A|The} $adj {$thing|$animal}," {guessed|said} $B, and went on from there.
			{Nobody|Not even $officer} {knew|could say}. So they {went|walked} $to2 {in a row|two by two} {and asked|to ask} $officer.
		`),
		maybe(scenery, 0.55),
		lines(`
			"{All|Both} {answers|ideas} are {good|fine}," said Miss Fenn, "and {one|only one} {of them|, that of $B,} is {true|right}."
			The cat {got up|stretched}, {pushed|knocked} the $thing {off|from} the {desk|table}, and out {came|rolled} {$bit|a $adj2 $thing2}.
			$C {filled|tried} the $thing with $food, and that was {the answer|answer enough} for {$B|the whole class}.
			{At noon|When the bell rang} {$friend|$officer} came {with|for} $food and {took|used} the $thing as if it were {nothing|theirs|a spoon}.
			Miss Fenn {laughed|smiled} and gave $A {the chalk|a star}, $B {the sponge|$food}, and the cat {a $animal of wool|a cushion}.
		`),
		ending
	]
};

const weather: Plot = {
	name: 'weather',
	small: true,
	subjects: ['the wind', 'the storm', 'the weather', 'the wind'],
	share: 10,
	beats: [
		lines(`
			The wind {took|stole} the $adj $thing of $A $when and {carried|flew} it $to.
			$when $weather, and $A had {only|just} a $adj $thing {against it|at hand}.
			There was a fog $when, and $A {used|carried} a $adj $thing {to|and could only} {feel|find} the way $to.
			{Rain fell|It rained} for $number days, {until|and} the $adj $thing of $A {floated|swam} past $place.
			The wind {wanted|asked for} a $thing. It {tried|pulled at} the $adj one that $A {held|had} $at.
		`),
		lines(`
			$A {ran|went} after it, past $place2, {past|over} a $animal and {through|round} the {washing|garden} of $B.
			"{Hold|Catch} {it|that $thing}!" {cried|called} $A, and $B {caught|held} {a hat|a $animal|the wrong $thing2}.
			It {went|sailed} over $place2, {over $officer|round the tower} and {over|past} $B, who {looked up from|waved with} $food.
			$B {tied|roped} $A {and|, the $thing and} {the bench|a $animal} together with $tie. {That|It} helped {a little|for a while}.
			$B {waited|sat} {inside|in the dry} with $food and {said|called}, "Leave it! {A|The} $thing {can swim|comes home}."
		`),
		lines(`
			For $number hours $B and $A {stood|sat} $at3, {ate|shared} $food and {counted|watched} {flying|passing} hats.
			Then {the wind|the weather} {grew|was} {tired|hungry}, {smelled|found} $food $at3 and {put|dropped} the $thing {down|there}.
			{A|Then a} $animal2 {sat|landed} on the $thing, and {even|so} the wind {could not|did not} {lift|move} {both|them}.
			$C {opened a window|held up a net|held a big sack} $at3, and the $thing {flew|came} {right in|in $how}.
			$A {offered|gave} the wind a $adj2 $thing2 {instead|in return}. The wind {looked|thought}, {took|chose} it and {went|left}.
		`),
		maybe(scenery.slice(3), 0.6),
		lines(`
			{Now|Next day} the $thing {hung|sat} {on the tower|in a tree|on a roof}, {dry|clean} and $feeling, and $A {fetched|got} it {with a ladder|$how}.
			$A {dried|hung} the $thing {over|near} the oven {of Mr Pell|at home}, {beside|next to} {the socks of $B|$food}.
			{When|As soon as} {it cleared|the sun came}, $B {brought|carried} the $thing to $A {with|and got} $food.
			{Since then|Now} $A {ties|keeps} the $thing {down|safe} with {$tie|a boat knot}, and the wind {knocks|asks} {first|before it comes in}.
		`),
		ending
	]
};

const animals: Plot = {
	name: 'animal',
	subjects: ['the $animal', 'a $animal', 'the $animal', 'the animals'],
	share: 11,
	beats: [
		lines(`
			A $colour $animal {moved into|lived in|slept beside} the $adj $thing of $A.
			$when a $animal followed $A home from $place, and there it {saw|found|wanted} the $adj $thing.
			The $animal $at had {no name|no hat} and {one|a single} wish: {the|a} $adj $thing that $A had.
			$A {made|built} {a house|a bed} for a $animal {out of|from} a $adj $thing.
			"{There is|I see} a $animal {on|in|beside} your $thing," said $B to $A $when.
			A $animal {brought|gave} $A a $adj $thing, {and|then} {every day|each $day} something {else|more}.
		`),
		lines(`
			$A {gave|fed} it $food, but it {wanted|asked for} {only|just} $food2, {and|eaten} {from the $thing|in peace}.
			$A {needed|wanted} the $thing {back|on $day}, {so|and} $Ahe {spoke|talked} to the $animal $how. It {yawned|looked away}.
			{Soon|By $day} there were {two|$number} of them, {and|then} a $animal2 too, {all|each} {beside|near} the $thing.
			$B {said|thought} it was {hungry|lost|cold}, $C {said|thought} it {came from|had lived} {the sea|over the river}. It {ate|preferred} $food.
			It {followed|went with} $A $to2, {sat down|lay} {on|beside} {the counter|$officer} and {would not|did not} {leave|move} {without|before it had} $food.
		`),
		maybe(scenery.slice(0, 2), 0.5),
		lines(`
			{Then|So} $B {came|arrived} with a $adj2 $thing2 and {$food|a plan}. The $animal {liked|chose} the $thing2 {better|at once}.
			$A and $B {built|made} {a ramp|a nest|a roof} {from|with} $bit and a $thing2, {and|then} the $animal {moved|climbed} {in|up}.
			$B {played|hummed} {a tune|a song} {$at2|for it}, and the $animal {danced|marched} {off|out} {$how|with the $thing}.
			$A {wrote|hung up} {a sign|a note}: "{Home|House} of a $animal. {Knock|Bring $food}." $B {knocked|laughed}.
			{One night|$when2} it {woke|called} $A and $B: {the tide|the river} was {$at2|at the door}, {and|but} thanks to it {the $thing|all} stayed dry.
		`),
		lines(`
			{Now|So now} the $thing belongs to {both|$A on $day and to the $animal on the {other|remaining} days}.
			The $animal {stayed|lives there still}. It {answers|listens} to the name of {$food|"$letter"|Captain} and {likes|loves} $colour.
			$A {calls|named} it $day, {because|since} {it came on one|every week needs one}, and it {sleeps|sits} {on|near} the $thing.
			In {spring|autumn} it {left|went} with {the others|a $animal2}, and {came back|returned} {when $weather|in time for $food}.
		`),
		ending
	]
};

const making: Plot = {
	name: 'making',
	subjects: ['the fair', 'the boat shed', 'Ivo'],
	share: 9,
	beats: [
		lines(`
			$A the $Ajob {wanted|decided} to make a $thing $when, a {really good|$adj} one.
			For the fair $A {made|built} a $adj $thing {out of|from} {driftwood|paper|old sails} $at.
			"{I shall|I will} {build|make} {the best|a} $thing," said $A, and {began|started} $when.
			$when $A {showed|opened|drew} a plan {of|for} a $adj $thing. $B {turned|held} it {round|$how}.
		`),
		lines(`
			{Only|But} $bit was missing. $A {asked|looked} $at2, {asked|bothered} $officer, and {got|found} only $food.
			$B {lent|brought} $bit, $C {lent|brought} a $thing2, and a $animal {lent|gave} {its opinion|a feather}.
			{First|At first} it {looked like|became} a $animal, then {like|almost} a $thing2. $A {laughed|sang|thought} and kept at it.
			$B {told|warned} $Ahim {it was|it would be} too {small|plain|heavy}. $C {told|said to} $Ahim it was {too big|perfect}. $A {ate|had} $food.
			Every {evening|day} $A {sawed|sewed|painted} $at2, and every {night|evening} {a $animal|the moon} {took|moved} {$bit|one part}.
		`),
		maybe(scenery, 0.55),
		lines(`
			{On $day|At last} the $thing {was|stood} ready, {$colour|painted $colour} {on the outside|on top} and {full of|smelling of} $food.
			{In the end|When it was ready} it was {not|less} a $thing {but|than} {a boat|a very good table}, and $B {sat down|got in}.
			$B {tried|tested} it {first|$how}, {fell|looked} through it, {and|but} {laughed|came back with $bit}.
			{It|The $thing} {worked|held}, {to the surprise of|which surprised} {everyone|$officer}, {even|most of all} $A.
			{At|On the day of} the fair the $thing of $A {stood|was shown} {beside|next to} {the $thing2 of $B|the cake of $C}, {and|where} a $animal {tried|liked} it.
		`),
		ending
	]
};

const lighthouse: Plot = {
	name: 'lighthouse',
	subjects: ['the lighthouse', 'the lighthouse', 'Mr Voss', 'the light'],
	share: 8,
	beats: [
		lines(`
			Mr Voss {called|wrote} from the lighthouse $when: {he|he badly} needed a $thing, and $A had {a $adj one|one}.
			$when the light of the lighthouse {blinked|turned} {$colour|too fast}, and $A {saw|noticed} it from $place.
			$A {rowed|went} {out|over} to the lighthouse {with|carrying} a $adj $thing and $food $when.
			The lighthouse {was tired|stayed dark} $when. $A {brought|lit} a $adj $thing and {climbed|counted} the stairs.
			A $animal {sat|slept} {on|in front of} the light of the lighthouse, {so|and} {nobody|no one} {saw|could see} $A and the $adj $thing.
		`),
		lines(`
			There are {a hundred|many} {steps|stairs}, and on {each|every} {third|other} one $A {put|set} down the $thing and {ate|thought of} $food.
			Mr Voss {pointed|looked} {up|through a $thing2}. "{It is|I think it is} {the $animal|the moon|$bit} {again|once more}," he said.
			$A {held|hung} the $thing {in front of|behind} the {light|glass}, and {out at sea|far away} $B {laughed|saw its shadow}.
			On the water $B {waited|rowed} {with|in} {a boat full of|the cold with} $food and {saw|looked for} the light.
			Mr Voss {asked|offered} $A {tea|a chair} and {told|read} {the story of|a list of} every {ship|$animal} that {came|had passed} {since|before} $day.
		`),
		maybe(scenery, 0.6),
		lines(`
			{So|Then} $A {swung|turned} the $thing {by hand|$how}, {three times|once} long and {twice|once} short, and $B {came|steered} home.
			$B {called|shouted} {from below|up}: "{A little|Turn it} to the left!" $A {pushed|moved} the $thing, and {the light came back|all was well}.
			{With|Using} $bit, $food and {patience|the $thing}, $A and Mr Voss {mended|fixed} {the lamp|it} {before $B could ask|while $B sang}.
			$B {climbed|came} up {wet|$how}, {gave|handed} $A $food2 and {sat|leaned} {on|against} the $thing.
		`),
		ending
	]
};

export const townPlots: Plot[] = [
	moon,
	clock,
	bakery,
	school,
	weather,
	animals,
	making,
	lighthouse
];
