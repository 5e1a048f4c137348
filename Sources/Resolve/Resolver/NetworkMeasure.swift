/// The functions of a record's place in a network, which the prelude declares. They take a link, not values, so that the resolver knows them
/// by name.
public enum NetworkMeasure: String, CaseIterable, Sendable {
    case pagerank, betweenness, component, community, triangles, clustering
}
