/** Stories of people and their objects: broken, lost, lent, found, swapped and delivered. */
import { lines } from '../grammar.ts';
import { company, ending, maybe, type Plot, scenery } from './shared.ts';

const broken: Plot = {
	name: 'broken',
	subjects: [],
	share: 26,
	beats: [
		lines(`
			The $adj $thing {of $A|that belonged to $A} $bad, so $so.
			$when the $adj $thing $at $bad. $A {saw|noticed} it first, {because|for} $so.
			$A the $Ajob had a $adj $thing. {One day it|It} $bad, and $so.
			$A {needed|wanted} {the|$Ahis} $adj $thing $when, but {the $thing|it} $bad, so $so.
			{There was|There stood} a $adj $thing $at. It $bad, and $so. $A {sighed|counted to $number}.
			$when, $A {carried|dragged|brought} {the|a} $adj $thing $to. It $bad, and $so.
			The $thing $at $bad. "{Oh dear|Well|Look at that}," said $A, because $so.
			{Everybody|The whole town|Even the geese} knew it: {the $thing of $A|$A's $adj $thing} $bad.
			$A the $Ajob {bought|got|found} a $adj $thing $at. {Sadly|Of course}, it $bad.
			The $thing was $adj and {dear to $A|older than $A}, but it $bad, and $so.
		`),
		maybe(scenery, 0.55),
		maybe(
			lines(`
				$A {tried|began with} $bit. {That|It} {held|worked|lasted} until {$day|noon|a $animal sneezed}.
				First $A {talked|sang} to the $thing $how, but {a $thing|it} does not {listen|hear well}.
				$A {asked|went to} $officer, who knew {a lot|much} about $food and {nothing|little} about a $thing.
				$A {turned|lifted} the $thing $how. {Out came|There was} {a $animal|$bit} and {nothing else|a smell}.
				"{A|One} $thing like {this|that} {needs|wants} {rest|$bit}," said $officer, and {ate|went on with} $food.
				$A {hit|tapped|shook} the $thing {once|$how}, {and|then} the $thing {tapped|looked} back.
				$A {tried|used} $bit and {then|also} $bit2. {The $thing|It} {did not mind|stayed as it was}.
				For $number days $A {hoped|waited} {$at2|$how}. {Hope|Waiting} did not help {the|a} $thing.
			`),
			0.25
		),
		lines(`
			$B the $Bjob came {past|by} with $food, {looked|saw it} and $fix.
			Then $B took {off $Bhis hat|$bit} and $fix, {while|as} $A {held|steadied} the $thing.
			$A {called|fetched|asked} $B. $B {said nothing|hummed|smiled}, $fix, and $C brought $food.
			$B $fix, and $C {brought|fetched|carried over} $food.
			"{Let me|I will} {look|see}," said $B. $BHe {looked|bent down} and $fix.
			{Luckily|By chance}, $B the $Bjob {lives|works} $at2. $BHe $fix {for|in return for} $food.
			$A {went|ran} $to2 and found $B. {Together|In one hour} they $fix.
			{So|In the end} $B and $C {sat down|rolled up their sleeves}. $B $fix, and $C {held|counted} the {rest|nails}.
			$C had {no idea|only $food}, but $C {knew|fetched} $B. $B $fix.
			$B {put down|forgot} $Bhis $adj2 $thing2 and $fix, {$how|humming}.
		`),
		lines(`
			{At last|In the end} the $thing $good.
			The $thing $good, {and|so} $A {danced|laughed|bowed} {once|$how}.
			The $thing $good, and $A {says|said} {so|it} to {everyone|every $animal} $at2.
			{It is|It was} true: the $thing $good.
			The $adj $thing $good, and {nobody|not even $C} {knows|can say} why.
			The $thing $good. $A {told $C about it|wrote about it to $C} {on $day|the same night|over $food}.
			The $thing $good, {as|and} {everyone|$friend} $at3 can {see|tell you}.
		`),
		ending
	]
};

const lost: Plot = {
	name: 'lost',
	small: true,
	subjects: [],
	share: 18,
	beats: [
		lines(`
			$A the $Ajob {lost|could not find} {the|$Ahis} $adj $thing $when.
			$when $A {looked|reached} for the $adj $thing, but the $thing was {gone|not there}.
			The $adj $thing {always|usually} {hung|lay|stood} $at. $when it was gone, and $A {gasped|noticed}.
			"Where is my $thing?" {asked|cried} $A $when. {The $adj thing|It} {had been|was last seen} $at.
			Somewhere between $place and $place2, $A {lost|dropped} a $adj $thing.
			$A had {only|just} one $thing, {a $adj one|and it was $adj}, and {the wind|a $animal} {took|wanted} it.
			$A {put|laid} the $adj $thing $at, {turned round|sneezed}, and the $thing was gone.
		`),
		lines(`
			$A {looked|searched} $at2 and $at3, {under|behind} a $thing2, and {even|once} in $food.
			$A {asked|questioned} $officer, {a $animal|$friend} and the $animal2 $at2. {Nobody|No one} {had seen|knew} it.
			$B {helped|came along} and {looked|searched} $at2, where {there was|they found} {only|just} $food.
			{First|So} $A {ran|walked|hurried} $to2, {then|and then} $to3. {There was|$AHe found} $bit, but no $thing.
			$A {turned over|lifted|looked under} {every|each} $thing2 $at2 and found $bit and a $feeling $animal.
			$A {wrote|hung up} a note $at2: "{Lost|Missing}: {one|a} $adj $thing. {Reward:|I offer} $food."
			$A {closed|shut} $Ahis eyes and {thought|tried to remember}. {$AHe remembered|In $Ahis head was} {only|just} $food.
		`),
		maybe(company.slice(4), 0.6),
		maybe(scenery, 0.6),
		lines(`
			{At last|Then} $B {saw|found|spotted} the $thing $at4, {under|behind|inside} a $colour $thing2.
			A $animal3 {sat|slept|stood} $at4 {on|beside|under} {something $adj|a $adj thing}: it was the $thing.
			$B the $Bjob {had|kept} the $thing {all along|safe}, {because|since} it {lay|was} $at4 {in the rain|alone}.
			{It was|Of course it was} $B who {found|tripped over} the $thing {on the way|while going} $to4.
			"{Is this|Are you looking for} {a|your} $thing?" asked $B, {holding it|coming} {up|$how}.
			A $animal3 had {taken|dragged} the $thing $to4 and {built|made} a nest {in|round|under} it.
			The $thing was $at4. $C had {used|borrowed} it as {a hat|a door stop|a cradle for $animal kittens}.
			The tide brought {it|the $thing} {back|home} $when2, with {$bit|a crab} {inside|in it}, and $B {fished|took} it out.
		`),
		lines(`
			$A {hugged|thanked} $B $how and {promised|gave} $Bhim $food.
			$A {was|felt} so $feeling that $Ahe {gave|handed} $B {half|most} of $food.
			"{My|The} $thing!" {cried|said} $A. "{My|Dear} $B!" And $Ahe {did not know|could not say} which {to hug|came} first.
			Now the $thing {hangs|lies|lives} $at, on {a string|$tie}, and $B {checks|visits} it {on $day|sometimes}.
			$A let the $animal3 {keep|have} {half|one corner} of it, {for|because} {$weather|that was fair}.
			$A {tied|fixed} the $thing to $Ahis {belt|bed|door} with $tie, and $B {tested|admired} the knot.
		`),
		ending
	]
};

const lent: Plot = {
	name: 'lent',
	small: true,
	subjects: ['the tab book'],
	share: 12,
	beats: [
		lines(`
			$A lent $B a $adj $thing $when. "{Bring it back|I need it} {on|by} $day," said $A.
			$B {borrowed|asked for} the $adj $thing of $A to {use|show|try} it $at.
			$when $B {knocked|stood} at the door of $A and {asked for|wanted} {a|the} $thing, {a|the} $adj one.
			$A had a $thing {too many|to spare}, {a $adj one|and it was $adj}, so $Ahe {lent|gave} it to $B.
			"May I {borrow|have} your $adj $thing?" asked $B. $A {nodded|said yes} {$how|and wrote it down}.
		`),
		lines(`
			{On $day|Soon} $B {lent|passed} the $thing to $C, who {needed|used} it $at2.
			But $B {lent|gave} it to $C, $C {lent|gave} it to $officer, and {then|after that} a $animal {had|got} it.
			$B {used|kept} the $thing {for $number days|until $weather} and {forgot|lost} the {string|lid|date}.
			{Each day|Every $day} $A {asked|said}, "My $thing?" and $B {answered|said}, "Tomorrow," {with|and gave $Ahim} $food.
			{Then|One day} $C {saw|met} the $thing $at2, {full of|covered with} $food, and {wondered|laughed}.
			{Soon|After a week} {nobody|not even $C} knew {whose|where the} $thing it was, only that it was $adj.
		`),
		maybe(scenery, 0.6),
		lines(`
			$A {opened|made} a tab of $Ahis own: "$B: one $thing. $C: $food. {Me|$A}: {patience|nothing}."
			Mr Pell {looked|found it} in the tab book: "{One|A} $adj $thing, {owed|due} to $A, {by|from} $B."
			"{It|That} is on the tab," said Mr Pell. "{Under|Next to} $food. A tab {forgets|loses} nothing."
			$A, $B and $C {met|sat down} $at3 and {drew|made} a list. {At the top|First} stood the $thing, {then|below it} $food.
			$B {blushed|turned $colour} and {ran|hurried} $to3 {to fetch|for} the $thing.
		`),
		lines(`
			So $B brought {back the|the} $thing, {filled with|and with it came} $food, and {they were even|$A laughed}.
			{On $day|At last} $A had the $thing {again|back}, {cleaner|heavier} than before, {and|with} $food in it.
			$C {brought|carried} the $thing home to $A $how, {and|while} $B {followed|came} with $food.
			$A {got|received} two of them: {the $thing|the old one} from $B, and a $colour $thing from $C.
			In the end $A {said|decided}: "{Keep|You keep} the $thing, $B. I {will|can} borrow it {on $day|back}."
		`),
		ending
	]
};

const found: Plot = {
	name: 'found',
	small: true,
	subjects: ['the river'],
	share: 12,
	beats: [
		lines(`
			$A found a $adj $thing $at $when.
			$when the river {left|brought|dropped} a $adj $thing $at, and $A {picked|fished} it up.
			A $adj $thing {lay|stood|waited} $at, and {nobody|no one} knew {why|whose it was}. $A {sat down|stayed} beside it.
			Under {a stone|a $colour cloth|a heap of leaves} $at, $A the $Ajob {saw|found} a $adj $thing.
			The $animal {dug|pulled|brought} a $adj $thing out of the {mud|sand} $at and {gave|showed} it to $A.
		`),
		lines(`
			{On it|Inside} {stood|was written} {one|a single} word: "{$B|Mine|Yours|Later}".
			It was {full of|wrapped in} {sand|leaves|$bit}, and it smelled of $food.
			"{A|What a} $thing!" {said|called} $A. "{But|Now} whose?" The $animal {said|knew} nothing.
			$A {held|lifted} the $thing {up|$how}. It was too good to {keep|leave}.
			$A {put|tied} a {note|label} on the $thing: "Who {misses|lost} me? {Ask for|See} $A."
		`),
		lines(`
			So $A {took|carried} the $thing $to2, where $B {looked|was}. "{Not|It is not} mine," said $B. "Mine {is|was} $colour."
			$B {tried|used} the $thing as {a hat|a seat|a pillow}, and {gave|handed} it back {$how|with $food}.
			{First|At once} $B {wanted|asked for} it, {then $C|and then $officer}, and then {$friend|a $animal2}.
			$A {asked|showed it to} $B, $officer and {$friend|a $animal2} $at2. Everyone {told|had} another story about the $thing.
			They {asked|went to} $officer the $office, who {knew|remembered} every $thing in town, except this one.
		`),
		maybe(scenery, 0.5),
		lines(`
			{At last|In the end} $C {came|arrived} from $place3: "My $thing! I lost it $when2, with $food inside."
			Then $C {remembered|said}: "{That|It} is the $thing I {threw|dropped} in the river $when2, for luck."
			{Finally|Late that day} a letter came from $C: "{Keep|Please keep} the $thing. I {only|just} wanted it {seen|out of the rain}."
			It {turned out|was clear}: the $thing belonged to {nobody|the river}. So it {belongs|belonged} {to everyone|to $A and $B on $day}.
			The owner was $C, who {gave|offered} $A {the choice|a choice}: the $thing or $food. $A {took|chose} {the food|$food}.
		`),
		ending
	]
};

const delivery: Plot = {
	name: 'delivery',
	subjects: ['the ferry', 'the river', 'Marta'],
	share: 12,
	beats: [
		lines(`
			$A had to bring a $adj $thing over the river to $B $when.
			$when $A {stood|waited} at the ferry landing with a $adj $thing for $B.
			"{Take|Bring} this $thing to $B," said $C, and $A {took|lifted} it $how. It was $adj.
			$B had {ordered|asked for} a $adj $thing, and $A the $Ajob {carried|was to take} it across the river.
			Marta {looked|frowned} at the $adj $thing that $A {pushed|pulled} onto the ferry for $B.
		`),
		lines(`
			"{People|A person} {cost|costs} one coin," said Marta. "A $thing costs $food."
			{Halfway|In the middle of the river} {the wind turned|a $animal came aboard|$weather}, and the $thing {slid|rolled|leaned} {to one side|towards the water}.
			The ferry was full: $friend, a $animal, $number {sacks|hens}, $officer, {and|then} $A with the $thing.
			Marta {asked|wanted to know}, "{What|Who} is in {it|there}?" "Only $food," said $A, {and opened|holding} the $thing.
			The donkey Thursday {did not like|sniffed at|sat down on} the $thing and {refused to move|waited for $food}.
		`),
		maybe(scenery, 0.5),
		lines(`
			$A {held|caught} the $thing with {one foot|both arms}, and {$friend|Marta} {held|caught} $A.
			So $A {put|set} the $thing {on|under} {a bench|a $colour cloth} and {sang|told it stories} {until|till} {the other side|the bank}.
			$A {gave|offered} the $animal $food, and {it|the $animal} {left|let go of} the $thing {$how|at once}.
			{By|With} {luck|patience}, $bit and $food, $A {got|brought} the $thing {to|over to} the other bank.
			"{Hold|Row} on!" {called|cried} Marta. $A {sat|lay} down on the $thing {and|,} {hoped|counted to $number}.
		`),
		lines(`
			$B {stood|waited} {on the bank|on the other side} and {clapped|waved}. "{My|A} $thing! And {dry|whole}!"
			$B {opened|took} {it|the $thing} $how and said, "{Just|This is} what I needed for {the $thing2|$food}."
			But $B {said|laughed}: "{I asked for|I wanted} a $thing2, not a $thing. {Come in|Sit down}, there is $food."
			$B {had|gave} $food for $A, a {coin|bun} for Marta and {a place|room} for the $thing $at2.
			$B was not {there|at home}. $B had {taken|caught} the {other ferry|ferry back} {to fetch|to look for} the $thing.
		`),
		ending
	]
};

const swap: Plot = {
	name: 'swap',
	small: true,
	subjects: ['the market'],
	share: 10,
	beats: [
		lines(`
			$A {went to|was at} the market with a $adj $thing and no {money|coins} $when.
			$A {wanted|wished for} $food, but {had|owned} only a $adj $thing.
			$when $A {swapped|traded} a $adj $thing for {a|the} $adj2 $thing2 of $B.
			"My $thing for your $thing2," {said|offered} $A. $B {looked|thought} {$how|for a while}.
		`),
		lines(`
			$B {gave|offered} $Ahim a $adj2 $thing2 for the $thing, {because|as} $weather.
			$B {took|wanted} the $thing {at once|$how}, for {it was|$Bhe liked it} $adj, and {gave|paid with} a $thing2.
			"{Done|Agreed}," said $B, and {gave|handed over} the $thing2. "I {need|use} a $thing {for $food|$at2}."
			For the $thing $A got a $thing2, and for the $thing2 {a $animal|$friend gave $Ahim $food}.
		`),
		lines(`
			Then $C {needed|asked for} a $thing2 {badly|$at2} and {gave|paid} $food for it.
			But the $thing2 {was too small for|did not suit} $A, so $C {got|took} it for {$bit|$food} and a $animal.
			$C {saw|liked} the $thing2, {cried|said}, "{At last|That is it}!" and {swapped|traded} it for {a bag of buttons|$food}.
			{Soon|By noon} the $thing was {with|at the house of} $C, the $thing2 with $officer, and $A had $food.
		`),
		maybe(scenery, 0.5),
		lines(`
			{In the evening|At closing time} $A {stood|was} there with $food, and {missed|thought of} the $thing.
			{In the end|After $number swaps} $A {had|held} {the same|that very} $thing {again|once more}, and $food {as well|too}.
			So $A {came|went} home with {nothing|only $food}, but {three|$number} new friends, and $B was one of them.
			$B {brought|gave} {back the|$Ahim the} $thing: "It {misses|likes} you. But I {keep|kept} {the string|half of $food}."
		`),
		ending
	]
};

export const thingPlots: Plot[] = [broken, lost, lent, found, delivery, swap];
