#include "verify/dossier.h"
