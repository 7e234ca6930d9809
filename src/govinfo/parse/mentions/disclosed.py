"""What a count of published information is of: all of it, one channel, or one subject."""

from __future__ import annotations

from govinfo.parse.mentions.pieces import PAUSE, QUOTE, REST, Piece, group, words
from govinfo.parse.mentions.segments import Pieces, Segment, is_neutral, last_of, spoken

ALL, CATEGORY = "disclosed", "disclosed_category"
Measure = tuple[str, str | None]
_EDGE = frozenset(
    {PAUSE, QUOTE, "particle", "count", "about", "tally", "enumerator", "we", "this_year", "year", "last_year"}
)
_LEAD = _EDGE | {"among", "include", "open_list", "by", "disclose", "publish", "whole_year", "compare"}
_ENDS = frozenset({"info", "doc", "normative"})
_CLOSING = '”"’」』'


def published(segment: Segment, own: Pieces, headings: tuple[str, ...]) -> Measure | None:
    """Measure and category of a figure that a verb of publishing governs; None where it cannot be told."""
    unit = segment.piece.amount.unit if segment.piece.amount else ""
    if unit not in words().units["items"]:
        return None
    verb = last_of(own, group("publish"))
    if verb is None:
        return None
    after = _trimmed(own[verb + 1 :])
    carried = bool(_channels(own)) and any(piece.kind == "clip" for piece in after)
    if after and _is_no_subject(after):
        return None
    if _has_subject(tuple(piece for piece in after if not (carried and piece.kind == "clip"))):
        return (CATEGORY, text_of(after)) if after[-1].kind in _ENDS else None
    if carried or any(piece.kind == "info" for piece in after):
        return _generic(segment, own, headings)
    if any(piece.kind == "doc" for piece in after):
        return CATEGORY, text_of(after)
    before = _before(own, verb)
    if before:
        return (
            (CATEGORY, text_of(before))
            if _has_subject(before) or before[-1].kind == "doc"
            else _generic(segment, own, headings)
        )
    behind = _behind(segment.right)
    if behind:
        if _has_subject(behind) or behind[-1].kind == "doc":
            return CATEGORY, text_of(behind)
        return _generic(segment, own, headings)
    plain = unit in words().units["plain_items"] or bool(_channels(own))
    if not plain or spoken(_without_names(own)) or not is_neutral(segment.right):
        return None
    return _generic(segment, own, headings)


def counted(segment: Segment) -> Measure | None:
    """政府信息公开总数为188条: the count of disclosure itself, without a verb."""
    amount, own = segment.piece.amount, segment.own
    named = last_of(own, frozenset({"ogi"}))
    if named is None or amount is None or amount.unit not in words().units["plain_items"]:
        return None
    return (ALL, None) if is_neutral(own) and is_neutral(segment.right) else None


def item(segment: Segment) -> tuple[Measure, str] | None:
    """Measure, category and name of one part of a list of published information."""
    amount = segment.piece.amount
    if amount is None or amount.unit not in words().units["items"]:
        return None
    label = _trimmed(segment.own)
    if not label:
        label = _copula(segment.right)
    if not label:
        return None
    if _is_no_subject(label):
        return None
    channels = _channels(segment.own)
    carrier = _carrier(label)
    if channels and carrier:
        measure = _one_channel(channels)
        return None if measure is None else ((measure, None), text_of(carrier))
    named = [piece for piece in label if piece.kind not in _NEUTRAL_IN_LABEL]
    if channels and not named:
        measure = _one_channel(channels)
        while label and label[-1].kind in group("publish"):
            label = label[:-1]
        return None if measure is None else ((measure, None), text_of(label))
    if not channels and not named and not any(piece.kind in _ENDS for piece in label):
        return None
    return (CATEGORY, text_of(label)), text_of(label)


def _is_no_subject(label: Pieces) -> bool:
    """Whether a part is none of what was published: 不予公开信息12条, 总点击量2万次."""
    return label[-1].kind == "other" or any(piece.kind == "other_request" for piece in label)


def _carrier(label: Pieces) -> Pieces:
    """The name of a part that ends with a channel (市局门户网站, 镇公众号“清溪发布”发布); else nothing."""
    end = len(label)
    while end and label[end - 1].kind in group("publish") | {"info", "particle"}:
        end -= 1
    if end and label[end - 1].text in _CLOSING:
        start = last_of(label[: end - 1], frozenset({QUOTE}))
        end = end if start is None else start
    return label[:end] if end and label[end - 1].kind in group("channels") else ()


def channel_alone(own: Pieces) -> str | None:
    """The measure of a clause that names one channel and nothing else (发布政务微信180条、政务微博12条)."""
    channels = _channels(own)
    rest = tuple(piece for piece in own if piece.kind not in group("channels"))
    return _one_channel(channels) if channels and is_neutral(rest) else None


def ends_as_subject(own: Pieces) -> bool:
    """Whether a clause without a verb names what may be a subject of published information (…信息, …文件)."""
    label = _trimmed(own)
    return bool(label) and label[-1].kind in _ENDS and _has_subject(label)


def ends_as_document(own: Pieces) -> bool:
    """Whether a name ends with what information is called (…信息, …文件)."""
    label = _trimmed(own)
    return bool(label) and label[-1].kind in _ENDS


def text_of(found: Pieces) -> str:
    """The pieces as printed, without blanks."""
    return "".join(piece.text for piece in found)


def _channels(found: Pieces) -> frozenset[str]:
    kinds = frozenset(piece.kind for piece in found) & group("channels")
    # 微信公众号等新媒体 is one channel and what it belongs to
    return kinds - {"new_media"} if len(kinds) > 1 else kinds


def _one_channel(channels: frozenset[str]) -> str | None:
    measures = {words().channels[kind] for kind in channels}
    return measures.pop() if len(measures) == 1 else None


def _without_names(own: Pieces) -> Pieces:
    """The pieces without the name in quotes that a channel has (“清溪发布”公众号)."""
    kept: list[Piece] = []
    # a quotation mark that begins the clause is no piece of it
    opened: int | None = 0
    for i, piece in enumerate(own):
        if piece.text == "“":
            opened = len(kept)
        kept.append(piece)
        if piece.text == "”" and opened is not None:
            beside = (own[i + 1].kind if i + 1 < len(own) else "", kept[opened - 1].kind if opened else "")
            if group("channels") & set(beside):
                del kept[opened:]
            opened = None
    return tuple(kept)


def _generic(segment: Segment, own: Pieces, headings: tuple[str, ...]) -> Measure | None:
    """All published information, or that of the channel which this clause names or the one before (利用微信，发布…)."""
    channels = _channels(own)
    whole = any(piece.kind == "disclose" for piece in own)
    vague = any(piece.kind == "platform" for piece in own)
    every = any(piece.kind == "all_ways" for piece in own)
    before = segment.clauses[-1] if segment.clauses else ()
    if not channels and _channels(before):
        every = every or any(piece.kind == "all_ways" for piece in before)
        if any(piece.kind == "by" for piece in before):
            channels = _channels(before)
        elif not whole:
            return None
    vague = vague or any(piece.kind == "platform" for piece in before) or _is_elsewhere(own)
    if not channels:
        if vague and not (whole or every):
            return None
        return (ALL, None) if whole or "platform" not in headings else None
    measure = _one_channel(channels)
    if (every and len(channels) > 1) or (measure is None and whole):
        measure = ALL
    return None if measure is None else (measure, None)


def _is_elsewhere(own: Pieces) -> bool:
    """Whether the clause names something unknown through which the information went (通过融媒体中心发布…)."""
    ways = [i for i, piece in enumerate(own) if piece.kind == "by"]
    verb = last_of(own, group("publish"))
    return bool(ways) and verb is not None and spoken(own[ways[0] : verb])


_NEUTRAL_IN_LABEL = frozenset({"info", QUOTE, PAUSE}) | {
    "website",
    "wechat",
    "weibo",
    "channel",
    "new_media",
    "platform",
}
_NEUTRAL_IN_LABEL |= {
    "particle",
    "disclose",
    "publish",
    "by",
    "count",
    "about",
    "all_ways",
    "filler",
    "ogi",
    "tail",
    "we",
}
_NEUTRAL_IN_LABEL |= {"place_end"}


def _has_subject(found: Pieces) -> bool:
    """Whether the words say of what the information is."""
    free = group("neutral") | group("channels") | group("publish") | {"info", "doc", "platform", "tail"}
    return any(piece.kind not in free for piece in found)


def _trimmed(found: Pieces) -> Pieces:
    start, end = 0, len(found)
    while start < end and found[start].kind in _LEAD:
        start += 1
    while end > start and found[end - 1].kind in _EDGE | {"copula"}:
        end -= 1
    return found[start:end]


def _before(own: Pieces, verb: int) -> Pieces:
    """What is said to be published before the verb (财政信息公开4条), where that is information."""
    if verb == 0 or own[verb - 1].kind not in _ENDS:
        return ()
    start = verb - 1
    while start and own[start - 1].kind in (REST, PAUSE, "filler", "tail", *_ENDS, *group("objects")):
        start -= 1
    return _trimmed(own[start:verb])


def _behind(found: Pieces) -> Pieces:
    """What is said to be published behind the figure (30条乡村振兴信息)."""
    end = next((i for i, piece in enumerate(found) if piece.kind in _ENDS), None)
    if end is None or any(piece.kind in group("verbs") for piece in found[:end]):
        return ()
    return _trimmed(found[: end + 1])


def _copula(found: Pieces) -> Pieces:
    """The name behind the figure (120条为政务动态)."""
    if not found or found[0].kind not in ("copula", "include"):
        return ()
    return _trimmed(found[1:])
