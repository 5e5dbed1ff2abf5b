#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <yaml-cpp/yaml.h>

#include "adapter/config/origin.h"

namespace migrate::config {

/// A key of a map, and its value.
struct YamlEntry {
  std::string key;
  Origin key_origin;
  YAML::Node value;
};

/// Reads the nodes of one YAML file. What is not as it should be throws Fault (configuration) with
/// `name:line:column`.
class YamlNodes {
 public:
  using Names = std::span<const std::string_view>;

  /// `name` stands in messages and origins.
  explicit YamlNodes(std::string name) : name_(std::move(name)) {}

  Origin origin_of(const YAML::Node& node) const { return at(node.Mark()); }

  /// The one document of a text; nothing at all is an empty one.
  YAML::Node document(const std::string& text) const;

  /// The keys and values of a map, of which no key comes twice. No value at all is an empty map.
  std::vector<YamlEntry> entries(const YAML::Node& map) const;
  /// The same of a map in which only these keys may stand.
  std::vector<YamlEntry> known_entries(const YAML::Node& map, Names known) const;

  /// The one value of a key.
  std::string scalar(const YamlEntry& entry) const;
  /// The values of a key, which may have none. `example` says what it is a list of.
  std::vector<std::string> list(const YamlEntry& entry, std::string_view example) const;
  /// Of a list its parts, as entries of the same key; of anything else the entry itself.
  std::vector<YamlEntry> one_or_more(const YamlEntry& entry) const;

  /// The value that the key's word means. `what`: what the words are words for.
  template <class Value, class Words>
  Value one_of(const YamlEntry& entry, const Words& words, std::string_view what,
               std::optional<Value> (*named)(std::string_view)) const {
    const std::string text = scalar(entry);
    if (const auto value = named(text)) return *value;
    throw fault_at(origin_of(entry.value),
                   fmt::format("'{}' is no {}; expected {}", text, what, fmt::join(words, ", ")));
  }

 private:
  Origin at(const YAML::Mark& mark) const;

  std::string name_;
};

}  // namespace migrate::config
