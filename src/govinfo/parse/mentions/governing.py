"""What governs a figure: which measure of the contract it is, by the verb and the object in its scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from govinfo.definitions.mentions import NONE
from govinfo.parse.mentions import disclosed
from govinfo.parse.mentions.pieces import MARK, REST, Piece, group, kinds, words
from govinfo.parse.mentions.segments import Pieces, Segment, is_neutral, is_pure, is_tight, last_of
from govinfo.parse.mentions.told import Context

Measure = tuple[str, str | None]
_NOT_OURS = frozenset({"supply", "review"})
_APART = frozenset({"apiece", "since_then"})
_WAYS = frozenset({"website", "wechat", "weibo", "channel", "new_media", "platform", "chat", "all_ways"})


def governed(segment: Segment, context: Context, year: int | None) -> Measure | None:
    """Measure and category of a figure, None where it is none of ours or cannot be told."""
    own = _with_years(segment.own, year)
    if kinds(own) & group("veto") or (own and own[-1].kind in _APART) or _is_done_to(own, segment.right):
        return None
    if "neither" in kinds(own) and is_neutral(tuple(piece for piece in own if piece.kind != "answer")):
        # 未办结的8件结转至下年
        behind = _with_years(segment.right, year)
        carried = bool(behind) and behind[0].kind == "carry_forward"
        return _by_what_follows(segment, own, behind, context) if carried else None
    verb, thing = last_of(own, group("verbs")), last_of(own, group("objects"))
    if thing is not None and own[thing].kind not in ("info", "doc"):
        return _by_object(segment, own, verb, thing, context)
    if verb is not None:
        if own[verb].kind in group("publish"):
            return _published(segment, own, own[verb].kind, context)
        return None if thing is not None else _by_verb(segment, own, own[verb], context)
    if thing is not None:
        return None
    if context.previous is not None and str(context.previous.measure).startswith(disclosed.ALL):
        channel = disclosed.channel_alone(own)
        if channel is not None:
            return channel, None
    return _without_words(segment, own, context, year)


def _is_done_to(own: Pieces, right: Pieces) -> bool:
    """对2份文件进行解读: what was counted is what something was done to."""
    return "toward" in kinds(own) and "do" in kinds(right)


def _published(segment: Segment, own: Pieces, verb: str, context: Context) -> Measure | None:
    """What a verb of publishing governs, unless a measure of its own follows the figure (120条政策解读)."""
    behind = _object_behind(segment.right)
    if behind is not None and (verb, segment.right[behind].kind) in words().grammar:
        measure = _look_up(verb, segment.right[behind].kind, segment, own, context)
        return None if measure is None else (measure, None)
    if context.named & _NOT_OURS and not kinds(own) & {"info", "doc"}:
        # 报送信息88条，刊发19条: others published them
        return None
    told = disclosed.published(segment, own, context.headings)
    return None if told == (disclosed.ALL, None) and _is_of_channel(own, context) else told


def _is_of_channel(own: Pieces, context: Context) -> bool:
    """Whether what is told as all may be a channel's that the sentence named before (公众号关注人数…，全年发布…)."""
    if not context.ways or kinds(own) & {"disclose", "all_ways", *_WAYS - {"chat"}} or "all_ways" in context.ways:
        return "chat" in context.ways
    summed = context.previous is not None and str(context.previous.measure).startswith(disclosed.ALL)
    return not (summed and "count" in kinds(own))


def _with_years(found: Pieces, year: int | None) -> Pieces:
    """The pieces with 结转至2023年 as what it is in a report on `year`."""
    if not any(piece.kind == "carry_year" for piece in found):
        return found
    return tuple(
        replace(piece, kind=_carried(piece.text, year)) if piece.kind == "carry_year" else piece for piece in found
    )


def _carried(text: str, year: int | None) -> str:
    digits = "".join(char for char in text if char.isdigit())[:4]
    if year is None:
        return REST
    if text[0].isdigit():
        return "carry_over" if int(digits) < year else REST
    return "carry_forward" if int(digits) > year else REST


def _look_up(verb: str, thing: str, segment: Segment, own: Pieces, context: Context) -> str | None:
    """The measure of a verb and an object, where the unit and the words of the clause allow it."""
    amount = segment.piece.amount
    if amount is None:
        return None
    for entry in words().grammar.get((verb, thing), ()):
        counted = amount.unit in entry.units or (amount.value == 0 and amount.unit in entry.zero)
        if not counted or kinds(own) & entry.without:
            continue
        if not entry.within:
            return entry.measure
        named = _within(entry.within, context)
        if named is not None:
            return entry.within[named] + entry.measure
    return None


def _within(whole: Mapping[str, str], context: Context) -> str | None:
    """The kind of what a result or an amount of money is of: what was named last."""
    if "procurement" in whole:
        return "procurement" if context.topic in ("procurement", "amount") else None
    return context.dispute if context.dispute in whole else None


def _by_object(segment: Segment, own: Pieces, verb: int | None, thing: int, context: Context) -> Measure | None:
    kind = own[thing].kind
    governing = NONE if verb is None else own[verb].kind
    if governing in group("publish") and (governing, kind) not in words().grammar:
        # 收到要求公开…的申请: the verb of publishing belongs to what was asked for
        other = last_of(own[:thing], group("verbs") - group("publish"))
        if other is None or (own[other].kind, kind) not in words().grammar:
            return disclosed.published(segment, own, context.headings)
        governing = own[other].kind
    if (kind in words().pure and not is_pure(own, thing)) or (kind in words().tight and not is_tight(own, thing)):
        context.tainted.add(kind)
        return None
    if _is_tainted(kind, own, context):
        return None
    measure = _look_up(governing, kind, segment, own, context)
    if measure is None and governing == NONE and segment.clauses and is_neutral(own[:thing]):
        # 查阅点1个，全年接待…: the verb may stand in the clause before; not the other way round
        return None
    return None if measure is None else (measure, None)


def _is_tainted(kind: str, own: Pieces, context: Context) -> bool:
    """Whether what is counted was said to be of something else before, and nothing here says otherwise."""
    return kind in context.tainted and not kinds(own) & group("about_disclosure")


def _by_verb(segment: Segment, own: Pieces, verb: Piece, context: Context) -> Measure | None:
    """A figure whose clause has a verb without an object: it follows the figure, or was named before."""
    if verb.kind in ("carry_over", "carry_forward"):
        # hotlines and letters are carried over, too
        measure = None if context.topic == "other" else _look_up(verb.kind, NONE, segment, own, context)
        return None if measure is None else (measure, None)
    position = own.index(verb)
    if not is_neutral(own[position + 1 :]):
        return None
    behind = _object_behind(segment.right)
    if behind is not None:
        thing = segment.right[behind].kind
        if thing in words().pure and not is_pure(segment.right, behind):
            context.tainted.add(thing)
            return None
        measure = _look_up(verb.kind, thing, segment, own, context)
        return None if measure is None else (measure, None)
    if not is_neutral(segment.right) or kinds(own[:position]) & ({REST} | group("publish")):
        return None
    # 当面申请1件: what was said of some requests is of requests
    named = "request" if context.topic == "other_request" else context.topic
    for topic in (named, *context.headings):
        if topic is not None:
            measure = None if _is_tainted(topic, own, context) else _look_up(verb.kind, topic, segment, own, context)
            if measure is not None or topic == named:
                return None if measure is None else (measure, None)
    return None


def _object_behind(found: Pieces) -> int | None:
    """The index of the object behind a figure (2次政务公开培训), the last before a verb."""
    result = None
    for i, piece in enumerate(found):
        if piece.kind in group("verbs"):
            break
        if piece.kind in group("objects"):
            result = i
    return result


def _without_words(segment: Segment, own: Pieces, context: Context, year: int | None) -> Measure | None:
    """A figure whose clause says nothing of what it counts."""
    if not is_neutral(own):
        return None
    behind = _with_years(segment.right, year)
    if behind and not is_neutral(behind):
        return _by_what_follows(segment, own, behind, context)
    counted = disclosed.counted(segment)
    if counted is not None:
        return counted
    if segment.clauses:
        before = segment.clauses[-1]
        if not is_neutral(before) and segment.mark != "(":
            joined = replace(segment, own=(*before, *own), clauses=segment.clauses[:-1])
            return governed(joined, replace(context, previous=None), year)
    return _like_previous(segment, own, context)


def _by_what_follows(segment: Segment, own: Pieces, behind: Pieces, context: Context) -> Measure | None:
    """4人均为兼职人员, 1件结转至2023年."""
    verb = next((piece for piece in behind if piece.kind in group("verbs")), None)
    thing = _object_behind(behind)
    if verb is not None and verb.kind in ("carry_over", "carry_forward"):
        measure = _look_up(verb.kind, NONE, segment, own, context)
    elif verb is not None and thing is None and verb.kind == "cover" and context.topic is not None:
        # 培训2次，86人参加
        measure = (
            None
            if _is_tainted(context.topic, own, context)
            else _look_up("cover", context.topic, segment, own, context)
        )
    elif thing is not None and is_neutral(behind[:thing]):
        measure = _look_up(NONE, behind[thing].kind, segment, own, context)
    else:
        return None
    return None if measure is None else (measure, None)


def _like_previous(segment: Segment, own: Pieces, context: Context) -> Measure | None:
    """去年为110条 behind a count of this year; an amount of money behind a count of purchases."""
    previous, amount = context.previous, segment.piece.amount
    if previous is None or previous.measure is None or amount is None:
        return None
    if amount.unit in words().units["money"] and "procurement" in context.named and not own:
        return "procurement_amount", None
    another = kinds(own) & {"last_year", "this_year", "year", "compare", "change_to"}
    if another and not context.listed and amount.unit == previous.amount.unit and previous.measure not in ("share",):
        return previous.measure, previous.category
    return None


def topic_of(found: Pieces) -> tuple[str, int] | None:
    """The kind and index of the last object of a clause."""
    index = last_of(found, group("objects"))
    return None if index is None else (found[index].kind, index)


def remember(found: Pieces, context: Context) -> None:
    """Take in what a clause names: the object that later clauses may leave out."""
    named = topic_of(tuple(piece for piece in found if piece.kind != MARK))
    context.named |= kinds(found)
    context.ways |= kinds(found) & _WAYS
    if named is None:
        if any(piece.kind == REST for piece in found):
            context.topic = None
        return
    kind, index = named
    if kind in words().pure and not is_pure(found, index):
        context.tainted.add(kind)
    elif kinds(found) & group("about_disclosure"):
        context.tainted.discard(kind)
    context.topic = kind
    if kind in ("reconsideration", "litigation", "litigation_part"):
        context.dispute = kind
