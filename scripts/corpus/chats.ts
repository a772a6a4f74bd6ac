/** Chats of two or three turns: something is told, and must be found again further down. */
import { Cast } from './cast.ts';
import { lines, tidy, type Dice } from './grammar.ts';
import { people } from './names.ts';
import { lists } from './places.ts';
import { smallThings } from './things.ts';
import { question } from './questions/question.ts';

type Memory = {
	tell: string[];
	greet: string[];
	ask: string[];
	recall: string[];
	values: string[];
};

const small = smallThings.map((thing) => thing.noun);
const pets = (lists['animal'] ?? []).filter((one) => one !== 'beaver');

const memories: Memory[] = [
	{
		values: people.map((person) => person.name),
		tell: lines(`
			My name is $value.
			{Hello|Hi}, {I am|my name is} $value.
			{Hello|Hi}! {I am|My name is} $value.
			I am {called|} $value.
			{Call|You can call} me $value.
			{Good morning|Good evening}. {This is|I am} $value.
			$value is my name.
		`),
		greet: lines(`
			Hello $value. {I am|This is} the pocket model. {What|And what} {would you like to know|shall I tell you}?
			{Good day|Welcome}, $value. {In Quillmouth|Here} it smells of {bread|tar|apples|rain|salt} {today|and rope}.
			{Nice to meet you|A good name}, $value. {I can keep|I keep} it {as long as|while} this chat is open.
			Hello, $value! {Shall it be|Would you like} a story, or {a fact|something} about tokens?
			{Thank you|Good}, $value. {Mr Pell|The baker} would {write|put} that {name|} at the top of a {new|fresh} page.
			$value, {good|hello}. {Ask|You may ask} {away|me anything}, {but|only} not {about|} football.
		`),
		ask: lines(`
			What is my name?
			What was my name{| again}?
			Do you {still|} know my name?
			{Who am I|Who is talking to you}?
			Do you remember my name?
			What did I say my name was?
			Say my name{|, please}.
		`),
		recall: lines(`
			Your name is $value. {It stands|You wrote it} {above|higher up in this chat}.
			{You are|Your name is} $value. {I found it|I read it} in this chat, not in my weights.
			$value. {You said so|That is what you told me} {a moment ago|at the start}.
			You told me: $value. {Tomorrow|In a new chat} I would not know {it|that}.
			Yes, you are $value. {The chat|This page} still {shows|says} it.
			$value{, of course|}. {As long as|While} the chat is open, I can {see|read} {your name|it}.
		`)
	},
	{
		values: lists['colour'] ?? [],
		tell: lines(`
			My favourite colour is $value.
			I like $value best.
			{The colour I like|My colour} is $value.
			I {love|like} the colour $value.
			My {door|bicycle|hat} is $value.
		`),
		greet: lines(`
			{A good colour|Good}: $value. {The door|One boat} $at is $value too.
			$value it is. {In Quillmouth|Here} {a $animal|$friend} {wears|likes} {it|that colour}.
			{Nice|I see}: $value. {The moon|Mrs Quist} {asks for|sells} $value {thread|buttons} {sometimes|on $day}.
			$value, {like|as} {the sail|the hat} {of $officer|in one of my stories}.
		`),
		ask: lines(`
			{What|Which} colour {did I say|did I tell you|was it}?
			What is my {favourite|} colour?
			Do you {remember|know} {the|my} colour?
			Which colour did I {name|mean}?
		`),
		recall: lines(`
			{You said|It was} $value. {It stands|I can read it} {above|in this chat}.
			$value. {I looked back|You wrote it} {a few lines|a little way} up.
			The colour {you named is|is} $value, {like|as} the {door|boat} $at.
			$value, {you told me so|as you said}. {Tomorrow|In a new chat} I would have to guess.
		`)
	},
	{
		values: pets,
		tell: lines(`
			I have a $value.
			My pet is a $value.
			{We have|There is} a $value at home.
			I {found|saw} a $value {today|this morning}.
			My favourite animal is the $value.
		`),
		greet: lines(`
			A $value! {In Quillmouth|Here} a $value {owes|once owed} the baker for $food.
			A $value {is|makes} good company. {Does it|Would it} like $food?
			{Good|How nice}: a $value. {There is|I know} one $at, {but|and} it {sleeps|hides} {all day|on $day}.
			Then {say hello|greetings} to the $value {from|and from} $officer.
		`),
		ask: lines(`
			{What|Which} animal {did I mention|did I tell you about|was it}?
			Which animal did I name?
			Do you remember {the|my} animal?
			What animal was {that|it}{| again}?
		`),
		recall: lines(`
			{You told me about|It was} a $value. {It stands|I see it} {above|in this chat}.
			A $value. {You said so|You wrote that} {at the start|a little while ago}.
			The $value: {that is what you named|that was the one}.
			You {said|named} a $value, and I {gave it|thought of} $food.
		`)
	},
	{
		values: small,
		tell: lines(`
			I {have|own} a $value.
			I {lost|found} a $value {today|yesterday|this week}.
			There is a $value in my bag.
			{I bought|They gave me} a $value{| for my birthday}.
			Keep this in mind: $value.
		`),
		greet: lines(`
			A $value {is|can be} useful {$at|in wind and rain}. {What|And what} {do you need it for|else}?
			{Good|I see}: a $value. {$officer|A $animal} {has|lost} one {like that|too}.
			A $value! {On the market|Here} it is worth {$food|two buttons}.
			{Mind|Watch} the $value {near|when you meet} the $animal.
		`),
		ask: lines(`
			What {thing|} {did I tell you about|did I name|was it}?
			What {do I have|was my thing}?
			What did I {say|mention} {at the start|first}?
			Do you remember {the thing|what I told you}?
		`),
		recall: lines(`
			{You told me about|It was} a $value. {It stands|You wrote it} {above|at the start}.
			A $value. {I read|I found} it {higher up|in this chat}.
			The $value. That is what was in your words.
			You {named|mentioned} a $value, {and|then} I {thought of|talked about} $food.
		`)
	}
];

const between: [string, string[]][] = [
	[
		'Tell me something {nice|new|small}.',
		lines(`
			$weather today, and {$friend|a $animal} {ate|brought} $food $at.
			{Today|$when} $officer {lost|found} a $colour {hat|glove} $at.
			$A the $Ajob {sang|slept|sat} $at until $B brought $food.
		`)
	],
	[
		'What is the weather like?',
		lines(`
			{In my text|Last I read}, $weather. {Where you are|Elsewhere} I cannot look.
			$weather, {so they say|or so I read}, $at. I have no window of my own.
		`)
	],
	[
		'What {is there to eat|shall I eat}?',
		lines(`
			At the bakery there is $food, {and|or} $food2, {both|all} on the tab.
			$officer {eats|likes} $food on $day. {Try|Ask for} that.
		`)
	]
];

export function chat(dice: Dice): string[] | undefined {
	const cast = new Cast(dice);
	const memory = dice.pick([0, 0, 0, 0, 1, 2, 3].map((i) => memories[i] as Memory));
	cast.set('value', dice.pick(memory.values));
	const say = (list: string[]): string => tidy(cast.say(dice.pick(list)));
	const turns = [say(memory.tell), say(memory.greet)];
	if (dice.chance(0.45)) {
		if (dice.chance(0.5)) {
			const aside = question(dice, false);
			if (!aside || aside.join(' ').length > 330) return undefined;
			turns.push(...aside);
		} else {
			const [asked, answers] = dice.pick(between);
			turns.push(tidy(cast.say(asked)), say(answers));
		}
	}
	turns.push(say(memory.ask), say(memory.recall));
	return turns;
}
