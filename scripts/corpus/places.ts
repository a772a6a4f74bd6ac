/** Where, when and among what: the small change of every sentence. */
import { lines, words } from './grammar.ts';

/** A place as a thing, as a position and as a goal. */
export type Place = { place: string; at: string; to: string };

export const places: Place[] = lines(`
	at the bakery
	at the school
	in the square
	on the old bridge
	at the harbour
	on the jetty
	at the lighthouse
	in the library
	at the mill
	under the clock
	at the ferry landing
	in Rope Lane
	in the market hall
	behind the church
	on the river bank
	at the well
	in the orchard
	at the post office
	in the button shop
	on Goose Hill
	in the reeds
	by the duck pond
	at the boat shed
	under the willow
	in the school yard
	at the station
	on the sea wall
	in Salt Street
	at the smithy
	in the attic of the town hall
	on the north beach
	at the weaver's house
	in the cellar of the mill
	on the steps of the school
	at the cheese stall
	in the back garden
	at the fish market
	on the roof of the bakery
	beside the pump
	in the barn
	at the end of the pier
	in the bell tower
`).map((at) => {
	const place = at.replace(/^(at|in|on|under|by|beside|behind) /, '');
	const goes = /^(at|on|in|by|beside) /.test(at);
	return { at, place, to: goes ? `to ${place}` : `to the spot ${at}` };
});

export const lists: Record<string, string[]> = {
	when: lines(`
		one morning
		one windy Tuesday
		on a Monday
		last Thursday
		before breakfast
		after the rain
		at low tide
		at high tide
		in the first week of spring
		on the longest day of the year
		late one evening
		just after supper
		on market day
		one foggy Friday
		at the end of summer
		in the middle of the night
		on the coldest day of winter
		early on Saturday
		when the apples were ripe
		while the town was asleep
		on the day of the fair
		at half past nine
		shortly before noon
		one Sunday in March
		when the swallows came back
		during the long rain
		on a quiet Wednesday
		in October
		after the big storm
		at sunrise
		one warm night in June
		on the last day of school
		in the year of the big snow
		at ten o'clock
	`),
	animal: words(`gull otter goose hen cat heron crab duck goat donkey mouse swan toad hedgehog snail
		owl seal robin crow rabbit pigeon squirrel bee moth mole sparrow pony calf beaver frog`),
	food: lines(`
		soup
		a warm roll
		three buns
		pea soup
		apple pie
		a loaf of rye bread
		onion tart
		plum jam
		a pot of tea
		cheese and pears
		pancakes
		a bag of cherries
		roast potatoes
		honey cake
		a jar of pickles
		smoked fish
		ginger biscuits
		rice pudding
		four boiled eggs
		milk and bread
		walnut bread
		carrot cake
		a basket of plums
		hot cocoa
		porridge
		a slice of melon
		bean stew
		butter biscuits
		a bowl of noodles
		toast
		two seed rolls
		mint tea
		lentil soup
		raisin bread
		a dish of dumplings
		cold lemonade
	`),
	colour: words(`red blue green yellow brown white black grey orange purple pink silver golden
		turquoise`),
	weather: lines(`
		it rained sideways
		the fog was as thick as porridge
		the wind came from the sea
		the sun shone on every roof
		it was snowing in large, slow pieces
		the river was high and brown
		the air smelled of salt
		a small cloud sat on the tower
		the gulls walked instead of flying
		it was too hot to argue
		the ice on the pond was thin
		the sky was the colour of tin
		a warm wind moved the washing
		it hailed like dropped beans
		the tide was far out
		the mist lay on the fields
		thunder grumbled behind the hill
		the first leaves came down
		the stars were very close
		the puddles had puddles
	`),
	feeling: words(`proud puzzled happy tired cheerful calm curious pleased surprised hungry shy
		hopeful patient sleepy content thoughtful`),
	how: lines(`
		carefully
		slowly
		with both hands
		without a word
		on tiptoe
		in a great hurry
		very politely
		twice
		with a serious face
		like a captain
		with great care
		humming
		backwards
		in small steps
		with closed eyes
		as if it were made of glass
		in the rain
		before anyone could ask
	`),
	tie: lines(`
		a piece of string
		a wet rope
		an old shoelace
		a copper wire
		a strip of leather
		a green ribbon
		a net cord
		three knots
	`),
	bit: lines(`
		a piece of string
		a rusty nail
		some candle wax
		a drop of oil
		two corks
		a wooden peg
		an old shoelace
		a handful of moss
		a copper wire
		a strip of leather
		some flour paste
		a hairpin
		a wet rope
		a bit of tar
		three buttons
		a goose feather
		a wad of wool
		a broken fork
		half a shell
		some chalk
	`),
	letter: words('B C D E F G H K L M N O P R S T U V W Y Z'),
	number: words('two three four five six seven eight nine ten eleven twelve'),
	day: words('Monday Tuesday Wednesday Thursday Friday Saturday Sunday'),
	friend: lines(`
		the baker's dog
		the school cat
		the ferry donkey
		a girl with a net
		a boy on stilts
		the postman
		an old sailor
		the choir
		two fishers
		a small cousin
		the miller's twins
		an aunt from over the river
		the night watchman
		a travelling cook
		the whole first class
	`)
};
