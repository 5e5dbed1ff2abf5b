#include "audit/clusters.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "audit/rules.h"
#include "core/audit/audit.h"

namespace migrate::core::audit {
namespace {

class Clustering {
 public:
  Clustering(const Facts& facts, const Policy& policy, const Canon& canon)
      : facts_(facts), policy_(policy), canon_(canon) {
    for (const schema::Table& table : facts.schema.tables) {
      for (const schema::Column& column : table.columns) {
        numbers_.emplace(&column, places_.size());
        places_.push_back({&table, &column});
      }
    }
    leaders_.resize(places_.size());
    std::iota(leaders_.begin(), leaders_.end(), std::size_t{0});
    join_references(references(facts.schema));
    for (const std::vector<Place>& group : same_ids(facts.schema)) join_same(group);
    for (const Remark& remark : auto_increment_end().check(facts, canon)) {
      if (counts(facts, policy, canon, auto_increment_end().name, remark.object))
        full_.insert(remark.object);
    }
    for (const Place& place : places_) {
      if (is_full(place)) one_type_.insert(leader(numbers_.at(place.column)));
    }
  }

  std::vector<Cluster> take() {
    std::map<std::size_t, std::vector<Place>> members;
    for (std::size_t i = 0; i < places_.size(); ++i) members[leader(i)].push_back(places_[i]);
    std::vector<Cluster> result;
    for (auto& [number, places] : members) {
      Cluster cluster =
          wanted(places, one_type_.contains(number) ? Types::one : Types::each_its_own);
      if (std::ranges::any_of(cluster, &Wanted::changes)) result.push_back(std::move(cluster));
    }
    return result;
  }

 private:
  enum class Types { each_its_own, one };

  bool counts_at(std::string_view rule, const Place& place) const {
    return counts(facts_, policy_, canon_, rule, column_name(*place.table, *place.column));
  }

  std::size_t leader(std::size_t number) {
    while (leaders_[number] != number) number = leaders_[number] = leaders_[leaders_[number]];
    return number;
  }

  void join(const schema::Column* first, const schema::Column* second, Types types) {
    const std::size_t from = leader(numbers_.at(second));
    const std::size_t to = leader(numbers_.at(first));
    leaders_[from] = to;
    if (types == Types::one || one_type_.contains(from)) one_type_.insert(to);
  }

  static bool alike(const schema::Column& one, const schema::Column& other) {
    return common_type(id_type_of(one), id_type_of(other)).has_value();
  }

  void join_references(const std::vector<Reference>& references) {
    for (const Reference& reference : references) {
      const bool wanted = counts_at(reference_type().name, {reference.table, reference.column});
      if (reference.is_declared()) {
        join(reference.referenced, reference.column, wanted ? Types::one : Types::each_its_own);
      } else if (wanted && alike(*reference.column, *reference.referenced)) {
        join(reference.referenced, reference.column, Types::one);
      }
    }
  }

  void join_same(const std::vector<Place>& group) {
    std::vector<const Place*> firsts;
    for (const Place& place : group) {
      if (!counts_at(id_type().name, place)) continue;
      const auto first = std::ranges::find_if(
          firsts, [&place](const Place* one) { return alike(*one->column, *place.column); });
      if (first == firsts.end()) {
        firsts.push_back(&place);
      } else {
        join((*first)->column, place.column, Types::one);
      }
    }
  }

  bool is_full(const Place& place) const {
    return full_.contains(column_name(*place.table, *place.column));
  }

  Cluster wanted(const std::vector<Place>& places, Types types) const {
    IdType common = id_type_of(*places.front().column);
    std::pair text{canon_.charset, canon_.collation};
    for (const Place& place : places) {
      const schema::Column& column = *place.column;
      common = common_type(common, id_type_of(column)).value_or(common);
      if (is_full(place)) {
        common = {IdType::Family::integer, sizeof(std::uint64_t), true, "bigint", {}, {}};
      }
      const bool stays =
          !has_chosen_collation(column) || !counts_at(column_collation().name, place);
      if (stays && !column.collation.empty()) text = {column.charset, column.collation};
    }
    Cluster cluster;
    for (const Place& place : places) {
      const IdType own = id_type_of(*place.column);
      IdType type = types == Types::one && own.family == common.family ? common : own;
      if (!own.collation.empty()) std::tie(type.charset, type.collation) = text;
      cluster.push_back({place, std::move(type)});
    }
    return cluster;
  }

  const Facts& facts_;
  const Policy& policy_;
  const Canon& canon_;
  std::vector<Place> places_;
  std::map<const schema::Column*, std::size_t> numbers_;
  std::vector<std::size_t> leaders_;
  std::set<std::size_t> one_type_;  ///< leaders whose columns are to have one type
  std::set<std::string> full_;      ///< columns that count, and are near their end
};

}  // namespace

std::vector<Cluster> clusters(const Facts& facts, const Policy& policy, const Canon& canon) {
  return Clustering(facts, policy, canon).take();
}

}  // namespace migrate::core::audit
