from members.bodies import api_urls as bodies
from members.dues import api_urls as dues
from members.figures import api_urls as figures
from members.joining import api_urls as joining
from members.leaving import api_urls as leaving
from members.papers import api_urls as papers
from members.pins import api_urls as pins
from members.register import api_urls as register
from members.registers import api_urls as registers
from members.saved_views import api_urls as saved_views
from members.savings import api_urls as savings

urlpatterns = [
    *register.urlpatterns,
    *figures.urlpatterns,
    *saved_views.urlpatterns,
    *savings.urlpatterns,
    *papers.urlpatterns,
    *pins.urlpatterns,
    *dues.urlpatterns,
    *joining.urlpatterns,
    *leaving.urlpatterns,
    *bodies.urlpatterns,
    *registers.urlpatterns,
]
