#include "plan_diagram.h"

#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "diagram_layout.h"
#include "html_text.h"
#include "impact_words.h"
#include "text.h"

namespace migrate::output {
namespace {

using core::impact::ForeignKeyLink;
using core::impact::Impact;
using core::impact::TouchedTable;

// In the units of the drawing, which are CSS pixels where it has the room.
constexpr std::size_t box_width = 208;
constexpr std::size_t box_height = 46;
constexpr std::size_t across = 72;   ///< between columns
constexpr std::size_t between = 20;  ///< between rows
constexpr std::size_t margin = 12;
constexpr std::size_t loop = 30;     ///< what a table that refers to itself needs
constexpr std::size_t letters = 22;  ///< of a line that fits

struct Spot {
  std::size_t x = 0;
  std::size_t y = 0;
};

Spot spot_of(const BoxPlace& place) {
  return {margin + place.column * (box_width + across),
          margin + place.row * (box_height + between)};
}

/// Names often differ at their end only.
std::string fitting(const std::string& name) {
  if (display_width(name) <= letters || name.size() != display_width(name))
    return shorten(name, letters);
  constexpr std::size_t half = letters / 2;
  return name.substr(0, half) + "…" + name.substr(name.size() - (letters - half - 1));
}

std::string link_words(const ForeignKeyLink& link) {
  return fmt::format("{}: {} ({}) refers to {} ({})", link.name, link.from,
                     fmt::join(link.columns, ", "), link.to,
                     fmt::join(link.referenced_columns, ", "));
}

/// From the left side of the box that refers to the right side of the other; where that does not
/// stand left of it, around on the right.
std::string path_of(const Spot& from, const Spot& to) {
  const std::size_t middle = box_height / 2;
  const std::size_t y1 = from.y + middle;
  const std::size_t y2 = to.y + middle;
  if (to.x < from.x) {
    const std::size_t x2 = to.x + box_width + 7;
    const std::size_t bend = (from.x - x2) / 2;
    return fmt::format("M{} {}C{} {} {} {} {} {}", from.x, y1, from.x - bend, y1, x2 + bend, y2, x2,
                       y2);
  }
  const std::size_t x1 = from.x + box_width;
  const std::size_t x2 = to.x + box_width + 7;
  const bool itself = y1 == y2 && from.x == to.x;
  const std::size_t out = std::max(x1, x2) + loop;
  return fmt::format("M{} {}C{} {} {} {} {} {}", x1, itself ? y1 - 10 : y1, out,
                     itself ? y1 - 14 : y1, out, itself ? y2 + 16 : y2, x2, itself ? y2 + 10 : y2);
}

class Drawing {
 public:
  explicit Drawing(const Impact& impact) : impact_(impact) {
    for (const TouchedTable& table : impact.tables) add(table.name);
    for (const ForeignKeyLink& link : impact.links) {
      add(link.from);
      add(link.to);
      edges_.push_back({numbers_.at(link.from), numbers_.at(link.to)});
    }
    places_ = lay_out(names_.size(), edges_);
  }

  std::string svg() const {
    std::size_t width = 0;
    std::size_t height = 0;
    for (const BoxPlace& place : places_) {
      const Spot spot = spot_of(place);
      width = std::max(width, spot.x + box_width + margin + loop);
      height = std::max(height, spot.y + box_height + margin);
    }
    std::string out = fmt::format(
        "<svg viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" style=\"min-width: min({0}px, "
        "44rem)\" role=\"img\" "
        "aria-label=\"Tables of the plan and their foreign keys; the list below has the same\">\n"
        "<defs>{2}{3}</defs>\n",
        width, height, arrow("tip"), arrow("fresh-tip"));
    for (std::size_t i = 0; i < edges_.size(); ++i) out += edge(i);
    for (std::size_t i = 0; i < names_.size(); ++i) out += box(i);
    return out + "</svg>\n";
  }

 private:
  void add(const std::string& name) {
    if (numbers_.emplace(name, names_.size()).second) names_.push_back(name);
  }

  static std::string arrow(const char* id) {
    return fmt::format(
        "<marker id=\"{0}\" class=\"{0}\" viewBox=\"0 0 8 8\" refX=\"1\" refY=\"4\" "
        "markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\" markerUnits=\"userSpaceOnUse\">"
        "<path d=\"M0 0L8 4L0 8z\"/></marker>",
        id);
  }

  std::string edge(std::size_t number) const {
    const ForeignKeyLink& link = impact_.links[number];
    const DiagramEdge& edge = edges_[number];
    return fmt::format(
        "<path class=\"{}\" d=\"{}\" marker-end=\"url(#{})\"><title>{}{}</title></path>\n",
        link.is_new ? "fresh-link" : "link",
        path_of(spot_of(places_[edge.from]), spot_of(places_[edge.to])),
        link.is_new ? "fresh-tip" : "tip", html(link_words(link)), link.is_new ? " (new)" : "");
  }

  std::string box(std::size_t number) const {
    const std::string& name = names_[number];
    const TouchedTable* table = impact_.find_table(name);
    const char* kind = "box";
    std::string words = "not touched";
    if (table != nullptr) {
      kind = table->is_new ? "box fresh" : "box touched";
      words = size_text(*table);
      if (words.starts_with("about ")) words.erase(0, 6);
      if (words.empty()) words = "size unknown";
    }
    const Spot spot = spot_of(places_[number]);
    return fmt::format(
        "<g class=\"{}\"><title>{}: {}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" "
        "rx=\"6\"/><text x=\"{}\" y=\"{}\">{}</text><text class=\"size\" x=\"{}\" y=\"{}\">{}"
        "</text></g>\n",
        kind, html(name), html(words), spot.x, spot.y, box_width, box_height, spot.x + 12,
        spot.y + 20, html(fitting(one_line(name))), spot.x + 12, spot.y + 36,
        html(shorten(words, letters + 4)));
  }

  const Impact& impact_;
  std::vector<std::string> names_;
  std::map<std::string, std::size_t> numbers_;
  std::vector<DiagramEdge> edges_;
  std::vector<BoxPlace> places_;
};

}  // namespace

std::string diagram_svg(const Impact& impact) {
  if (impact.tables.empty()) return {};
  return Drawing(impact).svg();
}

}  // namespace migrate::output
