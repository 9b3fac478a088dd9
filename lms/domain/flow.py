"""A flow of least cost through a small network of whole numbers."""

from dataclasses import dataclass


@dataclass(slots=True)
class Edge:
    """Where it leads, how much more it takes, what each costs, and its way back at the other end.

    What runs through an edge is the room of its way back.
    """

    to: int
    room: int
    cost: int
    back: int


class Flow:
    """Nodes are numbers. Of the largest flows, the one that costs least; always the same one."""

    def __init__(self, nodes: int) -> None:
        self.edges: list[list[Edge]] = [[] for _ in range(nodes)]

    def join(self, start: int, end: int, room: int, cost: int = 0) -> Edge:
        """A new edge. The edges as joined must not run in circles."""
        there = Edge(end, room, cost, len(self.edges[end]))
        self.edges[end].append(Edge(start, 0, -cost, len(self.edges[start])))
        self.edges[start].append(there)
        return there

    def run(self, start: int, end: int) -> None:
        """Push along the cheapest way until there is none."""
        while way := self._cheapest(start, end):
            room = min(edge.room for edge in way)
            for edge in way:
                edge.room -= room
                self.edges[edge.to][edge.back].room += room

    def _cheapest(self, start: int, end: int) -> list[Edge]:
        """The edges of the cheapest way with room, last first; empty when there is none."""
        costs: dict[int, int] = {start: 0}
        came: dict[int, Edge] = {}
        waiting = [start]
        for node in waiting:  # grows while it is walked: a node waits again when it gets cheaper
            for edge in self.edges[node]:
                cost = costs[node] + edge.cost
                if edge.room and (edge.to not in costs or cost < costs[edge.to]):
                    costs[edge.to], came[edge.to] = cost, edge
                    waiting.append(edge.to)
        way = []
        while end in came:
            way.append(came[end])
            end = self.edges[end][came[end].back].to
        return way
