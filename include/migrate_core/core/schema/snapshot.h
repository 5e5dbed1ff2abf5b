#pragma once

#include <string>

#include "core/schema/schema.h"

namespace migrate::core::schema {

/// Whose programs they are in a new schema.
enum class Definers { whoever_loads, kept };

/// A SQL file that makes the schema again in an empty one, with `migrate exec` or the family's
/// client. The same schema gives the same bytes; the schema that it makes gives them too. Nothing
/// in it tells when and where it was taken. UTF-8; it brings the session settings that it needs and
/// restores what was there. Tables are in the order of their foreign keys, views in the order in
/// which they read each other; programs stand behind their session settings.
std::string snapshot(const Schema& schema, Definers definers);

}  // namespace migrate::core::schema
